/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <tend/lang.h>
#include <tend/words.h>

const char *word_text(const char *value)
{
	return tend_word(NULL, value);
}

void word_duration(struct tend_duration d, struct tend_str *out)
{
	static const struct tend_text one[] = {[TEND_DAY] = {"day", "天"},
		[TEND_WORKDAY] = {"workday", "个工作日"},
		[TEND_WEEK] = {"week", "周"},
		[TEND_MONTH] = {"month", "个月"},
		[TEND_QUARTER] = {"quarter", "个季度"},
		[TEND_YEAR] = {"year", "年"}};
	bool plural = tend_lang() == TEND_EN && d.n != 1;
	tend_str_addf(out, "%d %s%s", d.n, tend_pick(one[d.unit]), plural ? "s" : "");
}
