/* SPDX-License-Identifier: MIT */
/*
 * The program that oracle.py asks. "rows FILE ENCODING…" prints what the reader makes of each file, one JSON
 * object a line; "texts FILE" prints each string of a file (separated by NUL) in every format.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/exchange.h>
#include <tend/file.h>

enum { FILE_MAX = 64 * 1024 * 1024 };

static void add_cells(struct tend_str *out, const char *const *cells, size_t n)
{
	tend_str_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		tend_str_add(out, i > 0 ? ", " : "");
		if (cells[i] != NULL) {
			tend_json_string(out, cells[i]);
		} else {
			tend_str_add(out, "null");
		}
	}
	tend_str_addc(out, ']');
}

static void add_rows(struct tend_str *out, const char *path, const char *encoding)
{
	struct tend_str data = {0};
	struct tend_error err = {0};
	struct tend_rows *r = NULL;
	if (tend_file_read(path, FILE_MAX, &data, &err) != TEND_OK
		|| tend_rows_open(path, tend_str_text(&data), data.len, encoding, &r, &err)
			!= TEND_OK) {
		tend_str_add(out, "{\"error\": ");
		tend_json_string(out, err.text);
		tend_str_add(out, "}\n");
		tend_str_finish(&data);
		return;
	}
	const char *const *names;
	size_t n = tend_rows_columns(r, &names);
	tend_str_add(out, "{\"names\": ");
	add_cells(out, names, n);
	tend_str_addf(out, ", \"delimiter\": %d, \"rows\": [", tend_rows_delimiter(r));
	struct tend_cell_row row;
	struct tend_row_error bad;
	for (bool first = true; tend_rows_next(r, &row, &bad); first = false) {
		tend_str_addf(out, "%s[%d, ", first ? "" : ", ", row.line);
		tend_json_string(out, bad.text);
		tend_str_add(out, ", ");
		add_cells(out, row.cells, row.ncells);
		tend_str_addc(out, ']');
	}
	tend_str_add(out, "]}\n");
	tend_rows_close(r);
	tend_str_finish(&data);
}

static void add_text(struct tend_str *out, const char *text)
{
	struct tend_str cell = {0};
	tend_str_add(out, "{\"text\": ");
	tend_json_string(out, text);
	tend_csv_cell(&cell, text, ',', true);
	tend_str_add(out, ", \"csv\": ");
	tend_json_string(out, tend_str_text(&cell));
	tend_str_clear(&cell);
	tend_csv_cell(&cell, text, '\t', true);
	tend_str_add(out, ", \"tsv\": ");
	tend_json_string(out, tend_str_text(&cell));
	tend_str_clear(&cell);
	tend_html_text(&cell, text);
	tend_str_add(out, ", \"html\": ");
	tend_json_string(out, tend_str_text(&cell));
	tend_str_clear(&cell);
	tend_md_text(&cell, text);
	tend_str_add(out, ", \"md\": ");
	tend_json_string(out, tend_str_text(&cell));
	tend_str_add(out, "}\n");
	tend_str_finish(&cell);
}

int main(int argc, char **argv)
{
	struct tend_str out = {0};
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if (argc >= 2 && strcmp(argv[1], "rows") == 0) {
		for (int i = 2; i + 1 < argc; i += 2) {
			add_rows(&out, argv[i], argv[i + 1]);
		}
	} else if (argc == 3 && strcmp(argv[1], "texts") == 0) {
		struct tend_str data = {0};
		if (tend_file_read(argv[2], FILE_MAX, &data, NULL) != TEND_OK) {
			return 2;
		}
		for (size_t at = 0; at < data.len; at += strlen(data.data + at) + 1) {
			add_text(&out, data.data + at);
		}
		tend_str_finish(&data);
	} else {
		return 2;
	}
	size_t written = fwrite(tend_str_text(&out), 1, out.len, stdout);
	bool ok = written == out.len;
	tend_str_finish(&out);
	return ok ? 0 : 1;
}
