/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file of rows; the first byte says which kind of file and of record. Whatever comes, lines
 * go up, reasons are printable, cells are text, rejected rows make a file that reads again, and what is
 * taken prints as CSV that reads back as the same texts.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tend/exchange.h>
#include <tend/text.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_row(const struct tend_cell_row *row, const struct tend_row_error *bad, int *line)
{
	demand(row->line > *line);
	*line = row->line;
	demand(tend_is_printable(bad->text, strlen(bad->text)));
	for (size_t i = 0; i < row->ncells; i++) {
		const char *cell = row->cells[i] != NULL ? row->cells[i] : "";
		demand(tend_utf8_valid(cell, strlen(cell)));
	}
}

/* The file that was written of them has a header and as many rows as were put into it. */
static void read_rejects(const struct tend_str *rejects, size_t rows)
{
	struct tend_rows *r;
	struct tend_error err;
	struct tend_cell_row row;
	struct tend_row_error bad;
	if (tend_rows_open("rejected.csv", rejects->data, rejects->len, NULL, &r, &err)
		!= TEND_OK) {
		return; /* names that differ only in blanks at their ends, or the most columns there may be */
	}
	while (tend_rows_next(r, &row, &bad)) {
		demand(bad.text[0] == '\0' && rows > 0);
		rows--;
	}
	demand(rows == 0);
	tend_rows_close(r);
}

static void read_again(const struct tend_list *list, struct tend_print how)
{
	struct tend_str out = {0};
	struct tend_rows *r;
	struct tend_error err;
	struct tend_cell_row row;
	struct tend_row_error bad;
	tend_print_list(list, &how, &out);
	demand(tend_rows_open("f", out.data, out.len, NULL, &r, &err) == TEND_OK);
	for (size_t i = 0; i < list->n; i++) {
		demand(tend_rows_next(r, &row, &bad) && bad.text[0] == '\0');
		for (size_t k = 0; k < how.nfields; k++) {
			const struct tend_field *f = tend_field_find(list->type, how.fields[k]);
			struct tend_value v = tend_field_get(f, tend_list_at(list, i));
			demand(strcmp(row.cells[k], v.null ? "" : v.text) == 0);
		}
	}
	demand(!tend_rows_next(r, &row, &bad));
	tend_rows_close(r);
	tend_str_finish(&out);
}

static void take(struct tend_rows *r, const struct tend_record_type *type)
{
	static const char *const texts[] = {"customer", "text"};
	const char *const *names;
	size_t n = tend_rows_columns(r, &names), nrejects = 0;
	struct tend_mapping *m = NULL;
	struct tend_cell_row row;
	struct tend_row_error bad;
	struct tend_error err;
	struct tend_str rejects = {0};
	struct tend_list list;
	int line = 0;
	tend_list_init(&list, type);
	tend_rejects_head(&rejects, names, n);
	if (tend_mapping_create(type, NULL, names, n, &m, &err) != TEND_OK) {
		demand(tend_is_printable(err.text, strlen(err.text)));
	}
	while (tend_rows_next(r, &row, &bad)) {
		bool taken = false;
		size_t cleaned;
		check_row(&row, &bad, &line);
		if (m != NULL && bad.text[0] == '\0') {
			void *record = tend_list_add(&list);
			(void)tend_mapping_apply(
				m, &row, &list.arena, record, &taken, &cleaned, &bad);
			list.n -= bad.text[0] != '\0';
		}
		if (bad.text[0] != '\0') {
			tend_rejects_row(&rejects, &row, n, bad.text);
			nrejects++;
		}
	}
	read_rejects(&rejects, nrejects);
	bool has_text = tend_field_find(type, "text") != NULL;
	read_again(&list,
		(struct tend_print){
			.format = TEND_AS_CSV, .fields = texts, .nfields = has_text ? 2 : 1});
	tend_mapping_destroy(m);
	tend_list_finish(&list);
	tend_str_finish(&rejects);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct tend_record_type *const types[] = {&tend_activity_type,
		&tend_subscription_type, &tend_point_type, &tend_complaint_type};
	struct tend_rows *r;
	struct tend_error err;
	if (size == 0) {
		return 0;
	}
	unsigned kind = data[0];
	const char *file = (kind & 1) != 0 ? "f.jsonl" : "f.csv";
	const char *encoding = (kind & 2) != 0 ? "gb18030" : NULL;
	if (tend_rows_open(file, (const char *)data + 1, size - 1, encoding, &r, &err) != TEND_OK) {
		demand(tend_is_printable(err.text, strlen(err.text)));
		return 0;
	}
	take(r, types[(kind >> 2) & 3]);
	tend_rows_close(r);
	return 0;
}
