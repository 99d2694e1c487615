/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/str.h>

#include "sqlite/image.h"

static void add_text(struct tend_str *out, const char *text, size_t n)
{
	tend_str_addc(out, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c < 0x20) {
			tend_str_addf(out, "\\u%04x", c);
		} else {
			if (c == '"' || c == '\\') {
				tend_str_addc(out, '\\');
			}
			tend_str_addc(out, (char)c);
		}
	}
	tend_str_addc(out, '"');
}

static void add_value(struct tend_str *out, sqlite3_value *v)
{
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		tend_str_addf(out, "%lld", (long long)sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		tend_str_addf(out, "%.17g", sqlite3_value_double(v));
		break;
	case SQLITE_TEXT: {
		const char *text = (const char *)sqlite3_value_text(v);
		add_text(out, text, (size_t)sqlite3_value_bytes(v));
		break;
	}
	default: /* strict tables hold no blobs */
		tend_str_add(out, "null");
		break;
	}
}

static void json_object(sqlite3_context *ctx, int n, sqlite3_value **args)
{
	struct tend_str out = {0};
	for (int i = 0; i + 1 < n; i += 2) {
		tend_str_add(&out, i == 0 ? "{" : ",");
		add_value(&out, args[i]);
		tend_str_addc(&out, ':');
		add_value(&out, args[i + 1]);
	}
	tend_str_add(&out, n > 0 ? "}" : "{}");
	sqlite3_result_text(ctx, tend_str_text(&out), (int)out.len, SQLITE_TRANSIENT);
	tend_str_finish(&out);
}

int image_register(sqlite3 *handle)
{
	return sqlite3_create_function_v2(handle, "json_object", -1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, json_object, NULL,
		NULL, NULL);
}
