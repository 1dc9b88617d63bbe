#include "harness/statistics/hdr_histogram.h"

#include <zlib.h>

#include <array>
#include <bit>
#include <stdexcept>
#include <string>

namespace sockmark {
namespace {

constexpr std::uint64_t kCompressedCookie = 0x1c849304 | 0x10;
constexpr std::uint64_t kEncodedCookie = 0x1c849303 | 0x10;
constexpr std::uint64_t kMostDigits = 5;
constexpr std::size_t kMostBytes = 64'000'000;

[[noreturn]] void refuse(const char* why) {
  throw std::runtime_error(std::string("histogram: ") + why);
}

std::string from_base64(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char digit : text.substr(0, text.find('='))) {
    const auto value = kDigits.find(digit);
    if (value == std::string_view::npos) refuse("not base64");
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<char>(bits >> held & 0xff));
  }
  return bytes;
}

std::uint64_t take(std::string_view& bytes, std::size_t size) {
  if (bytes.size() < size) refuse("cut off");
  std::uint64_t value = 0;
  for (const char byte : bytes.substr(0, size)) {
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  bytes.remove_prefix(size);
  return value;
}

// zlib's stream, piece by piece.
std::string unpack(std::string_view bytes) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) refuse("zlib does not start");
  // zlib does not write to its input, whatever the type says.
  stream.next_in =
      const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<Bytef, 16384> piece{};
  int state = Z_OK;
  while (state == Z_OK && out.size() <= kMostBytes) {
    stream.next_out = piece.data();
    stream.avail_out = piece.size();
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(reinterpret_cast<const char*>(piece.data()),
               piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) refuse("not what zlib wrote");
  return out;
}

// LEB128 in at most nine bytes, the ninth with all its bits; then ZigZag.
std::int64_t take_zigzag(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 9; ++i) {
    const std::uint64_t byte = take(bytes, 1);
    value |= (i < 8 ? byte & 0x7f : byte) << (7 * i);
    if (i < 8 && (byte & 0x80) == 0) break;
  }
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

// How values share counts: as many of the lowest have one each as the digits
// need, a power of two; from there on each doubling has half as many.
struct Layout {
  unsigned sub_bits = 0;
  unsigned unit_bits = 0;

  Layout(std::uint64_t lowest, std::uint64_t digits) {
    if (lowest == 0 || digits > kMostDigits) refuse("a strange layout");
    std::uint64_t needed = 2;
    for (std::uint64_t i = 0; i < digits; ++i) needed *= 10;
    sub_bits = static_cast<unsigned>(std::bit_width(needed - 1));
    unit_bits = static_cast<unsigned>(std::bit_width(lowest)) - 1;
    if (sub_bits + unit_bits > 61) refuse("a strange layout");
  }

  std::int64_t highest_at(std::uint64_t index) const {
    const std::uint64_t half = std::uint64_t{1} << (sub_bits - 1);
    const std::uint64_t above = index / half;
    const std::uint64_t bucket = above == 0 ? 0 : above - 1;
    const std::uint64_t sub = above == 0 ? index : index % half + half;
    if (bucket > 62 || bucket + unit_bits + sub_bits > 62)
      refuse("too high a value");
    const std::uint64_t shift = bucket + unit_bits;
    return static_cast<std::int64_t>(((sub + 1) << shift) - 1);
  }
};

}  // namespace

ValueCounts decode_histogram(std::string_view base64) {
  const std::string packed = from_base64(base64);
  std::string_view rest = packed;
  if (take(rest, 4) != kCompressedCookie) refuse("not HdrHistogram's V2");
  const std::uint64_t packed_bytes = take(rest, 4);
  if (packed_bytes != rest.size()) refuse("cut off");
  const std::string bytes = unpack(rest);
  rest = bytes;
  if (take(rest, 4) != kEncodedCookie) refuse("not HdrHistogram's V2");
  const std::uint64_t count_bytes = take(rest, 4);
  if (count_bytes + 32 != rest.size()) refuse("cut off");
  if (take(rest, 4) != 0) refuse("a shifted one");
  const std::uint64_t digits = take(rest, 4);
  const std::uint64_t lowest = take(rest, 8);
  const Layout layout(lowest, digits);
  take(rest, 8);  // the highest value that can be counted
  if (std::bit_cast<double>(take(rest, 8)) != 1.0) refuse("a scaled one");

  ValueCounts counts;
  std::uint64_t index = 0;
  while (!rest.empty()) {
    const std::int64_t word = take_zigzag(rest);
    if (word < 0) {
      index += ~static_cast<std::uint64_t>(word) + 1;
    } else {
      if (word > 0) {
        counts[layout.highest_at(index)] += static_cast<std::uint64_t>(word);
      }
      ++index;
    }
  }
  return counts;
}

}  // namespace sockmark
