/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "clean.h"
#include "columns.h"

bool tend_format_parse(const char *s, enum tend_format *ret)
{
	static const char *const names[] = {"table", "json", "csv", "tsv", "md"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(s, names[i]) == 0) {
			*ret = (enum tend_format)i;
			return true;
		}
	}
	return false;
}

static void add_keys(const struct tend_record_type *t, const void *record, struct tend_str *out)
{
	struct tend_str keys = {0};
	column_keys(t, record, &keys);
	clean_line(out, tend_str_text(&keys));
	tend_str_addc(out, '\n');
	tend_str_finish(&keys);
}

void tend_print_list(
	const struct tend_list *list, const struct tend_print *how, struct tend_str *out)
{
	for (size_t i = 0; how->keys_only && i < list->n; i++) {
		add_keys(list->type, tend_list_at(list, i), out);
	}
	if (how->keys_only) {
		return;
	}
	struct columns columns;
	columns_of_list(list, how, &columns);
	switch (how->format) {
	case TEND_AS_TABLE:
		print_table_list(list, &columns, how->columns, out);
		break;
	case TEND_AS_JSON:
		print_json_list(list, &columns, out);
		break;
	case TEND_AS_CSV:
		print_csv_list(list, &columns, ',', out);
		break;
	case TEND_AS_TSV:
		print_csv_list(list, &columns, '\t', out);
		break;
	case TEND_AS_MD:
		print_md_list(list, &columns, out);
		break;
	}
	columns_finish(&columns);
}

void tend_print_record(const struct tend_record_type *t, const void *record,
	const struct tend_print *how, struct tend_str *out)
{
	if (how->keys_only) {
		add_keys(t, record, out);
		return;
	}
	struct columns columns;
	columns_of_record(t, record, how, &columns);
	switch (how->format) {
	case TEND_AS_TABLE:
		print_table_record(t, record, &columns, how->columns, out);
		break;
	case TEND_AS_JSON:
		print_json_record(t, record, &columns, out);
		break;
	case TEND_AS_CSV:
		print_csv_record(t, record, &columns, ',', out);
		break;
	case TEND_AS_TSV:
		print_csv_record(t, record, &columns, '\t', out);
		break;
	case TEND_AS_MD:
		print_md_record(t, record, &columns, out);
		break;
	}
	columns_finish(&columns);
}
