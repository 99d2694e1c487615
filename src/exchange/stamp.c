/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <tend/date.h>

#include "stamp.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

const char *stamp_format(int64_t utc_seconds, char buf[STAMP_LEN])
{
	int64_t day = utc_seconds / DAY_SECONDS;
	int64_t second = utc_seconds % DAY_SECONDS;
	if (second < 0) {
		second += DAY_SECONDS;
		day--;
	}
	char date[TEND_DATE_LEN];
	tend_date_format((struct tend_date){(int32_t)day}, date);
	(void)snprintf(buf, STAMP_LEN, "%sT%02d:%02d:%02dZ", date, (int)(second / 3600),
		(int)(second / 60 % 60), (int)(second % 60));
	return buf;
}
