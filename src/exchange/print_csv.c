/* SPDX-License-Identifier: MIT */
#include "columns.h"

static const char *line_end(char delimiter)
{
	return delimiter == '\t' ? "\n" : "\r\n";
}

static void add_value(struct tend_str *out, const struct column *c, struct tend_value v,
	char delimiter, struct tend_str *scratch)
{
	tend_str_clear(scratch);
	tend_value_format(v, scratch);
	tend_csv_cell(out, tend_str_text(scratch), delimiter, column_is_text(c));
}

void print_csv_list(const struct tend_list *list, const struct columns *columns, char delimiter,
	struct tend_str *out)
{
	struct tend_str scratch = {0};
	for (size_t c = 0; c < columns->n; c++) {
		tend_str_addn(out, &delimiter, c > 0);
		tend_csv_cell(out, columns->items[c].name, delimiter, true);
	}
	tend_str_add(out, line_end(delimiter));
	for (size_t i = 0; i < list->n; i++) {
		for (size_t c = 0; c < columns->n; c++) {
			const struct column *column = &columns->items[c];
			struct tend_value v =
				column_value(column, list->type, tend_list_at(list, i));
			tend_str_addn(out, &delimiter, c > 0);
			add_value(out, column, v, delimiter, &scratch);
		}
		tend_str_add(out, line_end(delimiter));
	}
	tend_str_finish(&scratch);
}

void print_csv_record(const struct tend_record_type *t, const void *record,
	const struct columns *columns, char delimiter, struct tend_str *out)
{
	struct tend_str scratch = {0};
	tend_str_addf(out, "field%cvalue%s", delimiter, line_end(delimiter));
	for (size_t c = 0; c < columns->n; c++) {
		const struct column *column = &columns->items[c];
		tend_csv_cell(out, column->name, delimiter, true);
		tend_str_addc(out, delimiter);
		add_value(out, column, column_value(column, t, record), delimiter, &scratch);
		tend_str_add(out, line_end(delimiter));
	}
	tend_str_finish(&scratch);
}
