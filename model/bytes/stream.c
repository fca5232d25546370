/*
 * The octets that the model's users write, so that text on the wire can be told from text of
 * another place.
 *
 * Each host and incarnation has an alphabet of 47 octets of its own, walked in a circle. So an
 * octet of the other host or the other incarnation is always recognised; one of another offset is
 * unless the distance is a multiple of 47, a prime that divides none of the usual segment sizes. It
 * does not try to be random: a first incarnation prints, A's as "ABCDEF...", B's as "abcdef...".
 */
#include "bytes/wire.h"

#define ALPHABET 47

/* '!' + 0..46 and 'P' + 0..46 are printable and disjoint; 0x80 sets the second incarnation apart.
 */
_Static_assert(SP_LIVES_MAX <= 2, "each incarnation needs an alphabet of its own");

uint8_t sp_stream_octet(unsigned host, unsigned life, uint32_t offset)
{
    const unsigned first = host == 0 ? '!' : 'P';
    const unsigned start = host == 0 ? 'A' - '!' : 'a' - 'P';
    return (uint8_t)(first + (offset % ALPHABET + start) % ALPHABET + (life % 2) * 0x80);
}
