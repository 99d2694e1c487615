/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/exchange.h>

#include "clean.h"

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}

void tend_html_text(struct tend_str *out, const char *s)
{
	struct tend_str clean = {0};
	clean_lines(&clean, s, strlen(s));
	for (const char *p = tend_str_text(&clean); *p != '\0';) {
		size_t run = strcspn(p, "&<>\"'");
		tend_str_addn(out, p, run);
		p += run;
		if (*p != '\0') {
			tend_str_add(out, entity(*p++));
		}
	}
	tend_str_finish(&clean);
}
