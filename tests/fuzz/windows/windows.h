/* Windows' headers, as far as the provider's parsing needs them: see types.h. */
#include "types.h"
