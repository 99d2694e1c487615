/* SPDX-License-Identifier: MIT */
#include "columns.h"

static void add_object(struct tend_str *out, const struct tend_record_type *t, const void *record,
	const struct columns *columns, const char *open, const char *between, const char *close)
{
	tend_str_add(out, open);
	for (size_t c = 0; c < columns->n; c++) {
		tend_str_add(out, c > 0 ? between : "");
		tend_json_string(out, columns->items[c].name);
		tend_str_add(out, ": ");
		tend_json_value(out, column_value(&columns->items[c], t, record));
	}
	tend_str_add(out, close);
}

/* One object a line: lines can be searched and compared. */
void print_json_list(
	const struct tend_list *list, const struct columns *columns, struct tend_str *out)
{
	tend_str_addc(out, '[');
	for (size_t i = 0; i < list->n; i++) {
		tend_str_add(out, i > 0 ? ",\n" : "\n");
		add_object(out, list->type, tend_list_at(list, i), columns, "{", ", ", "}");
	}
	tend_str_add(out, list->n > 0 ? "\n]\n" : "]\n");
}

void print_json_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, struct tend_str *out)
{
	add_object(out, t, record, columns, "{\n  ", ",\n  ", "\n}\n");
}
