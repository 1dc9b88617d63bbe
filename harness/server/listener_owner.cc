#include "harness/server/listener_owner.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace sockmark {
namespace {

constexpr std::string_view kMapped = "::ffff:";  // IPv4 in IPv6's clothes

template <typename Number>
std::optional<Number> number(std::string_view text, int base) {
  Number value = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value, base);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

// "0100007F": words of 32 bits as the machine reads them in memory that is in
// network order. Empty if it is no address.
std::string address_from(std::string_view hex) {
  constexpr std::size_t kDigits = 8;
  std::array<std::uint32_t, 4> words{};
  const std::size_t count = hex.size() / kDigits;
  if (hex.size() % kDigits != 0 || (count != 1 && count != 4)) return "";
  for (std::size_t i = 0; i < count; ++i) {
    const auto word =
        number<std::uint32_t>(hex.substr(i * kDigits, kDigits), 16);
    if (!word) return "";
    words.at(i) = *word;
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(count == 1 ? AF_INET : AF_INET6, words.data(), text.data(),
            text.size());
  return text.data();
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream words(line);
  return {std::istream_iterator<std::string>(words), {}};
}

// The fields are: slot, local address, remote one, state, queues, timer,
// retransmissions, user, timeout, inode.
std::optional<ListeningSocket> socket_from(
    const std::vector<std::string>& fields) {
  const std::string_view local = fields[1];
  const auto colon = local.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string address = address_from(local.substr(0, colon));
  const auto port = number<std::uint16_t>(local.substr(colon + 1), 16);
  const auto inode = number<std::uint64_t>(fields[9], 10);
  if (address.empty() || !port || !inode) return std::nullopt;
  return ListeningSocket{.address = address, .port = *port, .inode = *inode};
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<pid_t> all_pids() {
  std::vector<pid_t> pids;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto pid = number<pid_t>(entry.path().filename().string(), 10);
    if (pid) pids.push_back(*pid);
  }
  return pids;
}

}  // namespace

bool ListeningSocket::takes_loopback() const {
  std::string_view v4 = address;
  if (v4.starts_with(kMapped)) v4.remove_prefix(kMapped.size());
  return v4 == "127.0.0.1" || v4 == "0.0.0.0" || address == "::";
}

std::string ListeningSocket::describe() const {
  return address.find(':') == std::string::npos
             ? fmt::format("{}:{}", address, port)
             : fmt::format("[{}]:{}", address, port);
}

std::vector<ListeningSocket> read_listening_sockets(std::istream& table) {
  constexpr std::size_t kFields = 10;
  constexpr std::string_view kHead = "sl";
  constexpr std::string_view kListening = "0A";
  std::vector<ListeningSocket> sockets;
  for (std::string line; std::getline(table, line);) {
    const auto fields = words_of(line);
    if (fields.size() < kFields || fields[0] == kHead) continue;
    if (fields[3] != kListening) break;
    if (auto socket = socket_from(fields))
      sockets.push_back(std::move(*socket));
  }
  return sockets;
}

std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view kBegin = "socket:[";
  if (!link.starts_with(kBegin) || !link.ends_with(']')) return std::nullopt;
  link.remove_prefix(kBegin.size());
  link.remove_suffix(1);
  return number<std::uint64_t>(link, 10);
}

std::vector<ListeningSocket> listening_sockets() {
  std::vector<ListeningSocket> sockets;
  for (const char* const file : {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
    std::ifstream table(file);
    auto more = read_listening_sockets(table);
    sockets.insert(sockets.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
  }
  return sockets;
}

std::vector<ListeningSocket> at_port(
    const std::vector<ListeningSocket>& sockets, std::uint16_t port) {
  std::vector<ListeningSocket> found;
  std::copy_if(sockets.begin(), sockets.end(), std::back_inserter(found),
               [port](const ListeningSocket& socket) {
                 return socket.port == port && socket.takes_loopback();
               });
  return found;
}

std::set<std::uint64_t> socket_inodes_of(pid_t pid) {
  std::set<std::uint64_t> inodes;
  std::error_code ended;
  const auto folder = fmt::format("/proc/{}/fd", pid);
  std::filesystem::directory_iterator entry(folder, ended);
  for (; !ended && entry != std::filesystem::directory_iterator();
       entry.increment(ended)) {
    std::error_code closed;
    const auto link = std::filesystem::read_symlink(entry->path(), closed);
    if (closed) continue;
    if (const auto inode = socket_inode(link.string())) inodes.insert(*inode);
  }
  return inodes;
}

std::string describe_process(pid_t pid) {
  const auto name = contents(fmt::format("/proc/{}/comm", pid));
  return fmt::format("process {} ({})", pid,
                     name.substr(0, name.find_last_not_of('\n') + 1));
}

std::string describe_owner(std::uint64_t inode) {
  for (const pid_t pid : all_pids()) {
    if (socket_inodes_of(pid).contains(inode)) return describe_process(pid);
  }
  return "a process that we may not look into";
}

std::string foreign_listener(std::uint16_t port,
                             const std::vector<pid_t>& own) {
  const auto sockets = at_port(listening_sockets(), port);
  if (sockets.empty()) return "";
  std::set<std::uint64_t> held;
  for (const pid_t pid : own) held.merge(socket_inodes_of(pid));
  for (const ListeningSocket& socket : sockets) {
    if (!held.contains(socket.inode)) return describe_owner(socket.inode);
  }
  return "";
}

}  // namespace sockmark
