/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "pack.h"

static const struct pack_format {
	const char *ending;
	void (*write)(const struct tend_pack *p, struct tend_str *out);
} formats[] = {
	[TEND_PACK_MD] = {"md", pack_write_md},
	[TEND_PACK_CSV] = {"csv", pack_write_csv},
	[TEND_PACK_JSON] = {"json", pack_write_json},
	[TEND_PACK_HTML] = {"html", pack_write_html},
};

bool tend_pack_format_parse(const char *s, enum tend_pack_format *ret)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(s, formats[i].ending) == 0) {
			*ret = (enum tend_pack_format)i;
			return true;
		}
	}
	return false;
}

const char *tend_pack_ending(enum tend_pack_format format)
{
	return formats[format].ending;
}

void tend_pack_write(const struct tend_pack *p, enum tend_pack_format format, struct tend_str *out)
{
	formats[format].write(p, out);
}
