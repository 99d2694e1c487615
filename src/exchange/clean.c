/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include <tend/text.h>

#include "clean.h"

size_t clean_lines(struct tend_str *out, const char *s, size_t n)
{
	size_t changed = 0;
	while (n > 0) {
		const char *lf = memchr(s, '\n', n);
		size_t line = lf != NULL ? (size_t)(lf - s) : n;
		size_t ending = lf != NULL ? 1 : 0;
		if (lf != NULL && line > 0 && s[line - 1] == '\r') {
			line--;
			ending++;
		}
		if (tend_is_printable(s, line)) {
			tend_str_addn(out, s, line);
		} else {
			changed += tend_printable(out, s, line);
		}
		tend_str_addn(out, s + line, ending);
		s += line + ending;
		n -= line + ending;
	}
	return changed;
}

size_t clean_line(struct tend_str *out, const char *s)
{
	size_t changed = 0;
	for (;;) {
		size_t line = strcspn(s, "\n");
		bool cr = s[line] == '\n' && line > 0 && s[line - 1] == '\r';
		changed += tend_printable(out, s, line - (cr ? 1 : 0));
		if (s[line] == '\0') {
			return changed;
		}
		tend_str_addc(out, ' ');
		s += line + 1;
	}
}
