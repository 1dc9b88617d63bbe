#include "tests/fuzz/visit.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>

#include "lib/service.h"
#include "lib/session.h"
#include "tests/lib/replies.h"
#include "tests/lib/session_driver.h"
#include "tests/servers/client.h"

namespace sockmark {

std::size_t below(std::size_t end, Random& random) {
  return static_cast<std::size_t>(random() % end);
}

std::vector<std::string_view> cut(std::string_view input, Random& random) {
  std::vector<std::size_t> places{0, input.size()};
  for (std::size_t i = 1 + below(7, random); i > 0; --i) {
    places.push_back(below(input.size() + 1, random));
  }
  std::sort(places.begin(), places.end());
  std::vector<std::string_view> pieces;
  for (std::size_t i = 1; i < places.size(); ++i) {
    if (places[i] == places[i - 1]) continue;
    pieces.push_back(input.substr(places[i - 1], places[i] - places[i - 1]));
  }
  return pieces;
}

Visit visit(std::uint16_t port, const std::vector<std::string_view>& pieces) {
  Client client(port);
  try {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      // Lets the server see a piece before the next joins it in its socket.
      if (i > 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
      client.send_what_is_taken(pieces[i]);
    }
    client.half_close();
    return {.replies = without_interim_replies(client.receive_to_end())};
  } catch (const std::system_error& failed) {
    if (failed.code() != std::errc::connection_reset &&
        failed.code() != std::errc::not_connected) {
      throw;
    }
    return {.replies = "", .was_reset = true};
  }
}

std::string replies_to(std::string_view input) {
  static const Service service{Options{}};
  Session session(service);
  return without_interim_replies(converse(session, input));
}

std::string fault_of(const Visit& visit, std::string_view input,
                     std::size_t pieces) {
  if (visit.was_reset) {
    return pieces > 1 ? "" : "resets a client that sent all it had at once";
  }
  const std::string expected = replies_to(input);
  if (visit.replies == expected) return "";
  return "replies '" + visit.replies + "' instead of '" + expected + "'";
}

}  // namespace sockmark
