/* SPDX-License-Identifier: MIT */
/* Times as text: UTC, ISO 8601, to the second. */
#ifndef EXCHANGE_STAMP_H
#define EXCHANGE_STAMP_H

#include <stdint.h>

#define STAMP_LEN 32

/* "2026-11-24T08:15:00Z". Returns buf. */
const char *stamp_format(int64_t utc_seconds, char buf[STAMP_LEN]);

#endif
