/* What the model uses of <inttypes.h>: the compiler knows how its own types are written. */
#ifndef SP_PAGE_INTTYPES_H
#define SP_PAGE_INTTYPES_H

#include <stdint.h>

#define PRIu32 __UINT32_FMTu__
#define PRId32 __INT32_FMTd__
#define PRIx32 __UINT32_FMTx__
#define PRIu64 __UINT64_FMTu__

#endif
