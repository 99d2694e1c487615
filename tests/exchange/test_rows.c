/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <tend/exchange.h>
#include <tend/mem.h>
#include <tend/text.h>

#include "support.h"

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/* "names\nLINE: a|b\nLINE: !COLUMN reason\n"; a cell that is not there is "~". */
static void dump(
	const char *file, const char *data, size_t n, const char *encoding, struct tend_str *out)
{
	struct tend_rows *r;
	struct tend_error err;
	const char *const *names;
	if (tend_rows_open(file, data, n, encoding, &r, &err) != TEND_OK) {
		tend_str_addf(out, "%s\n", err.text);
		return;
	}
	size_t columns = tend_rows_columns(r, &names);
	for (size_t i = 0; i < columns; i++) {
		tend_str_addf(out, "%s%s", i > 0 ? "|" : "", names[i]);
	}
	struct tend_cell_row row;
	struct tend_row_error bad;
	while (tend_rows_next(r, &row, &bad)) {
		tend_str_addf(out, "\n%d: ", row.line);
		if (bad.text[0] != '\0') {
			tend_str_addf(out, "!%d %s", bad.column, bad.text);
			continue;
		}
		for (size_t i = 0; i < row.ncells; i++) {
			tend_str_add(out, i > 0 ? "|" : "");
			tend_str_add(out, row.cells[i] != NULL ? row.cells[i] : "~");
		}
	}
	tend_str_addc(out, '\n');
	tend_rows_close(r);
}

struct row {
	const char *data, *expected;
};

static void check(const char *file, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct tend_str out = {0};
		/* exactly as long as the data, so that reading past it is seen */
		char *exact = tend_strndup(rows[i].data, strlen(rows[i].data));
		dump(file, exact, strlen(rows[i].data), NULL, &out);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
		free(exact);
	}
}

static void csv_is_read_as_rfc_4180_says(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a,b\n1,2\n", "a|b\n2: 1|2\n"},
		{"a,b\r\n1,2\r\n3,4", "a|b\n2: 1|2\n3: 3|4\n"},
		{"a,b\r1,2\r", "a|b\n2: 1|2\n"},
		{"\xef\xbb\xbf"
		 "a;b\n1;2,5\n",
			"a|b\n2: 1|2,5\n"},
		{"a\tb\n1\t2;3,4\n", "a|b\n2: 1|2;3,4\n"},
		{"a;b,c;d\n1;2;3\n", "a|b,c|d\n2: 1|2|3\n"},
		{"\"a,a\";b\n1;2\n", "a,a|b\n2: 1|2\n"},
		{"sep=;\na,x;b\n1;2\n", "a,x|b\n3: 1|2\n"},
		{"a,b\n\"x,\"\"y\"\"\",\n", "a|b\n2: x,\"y\"|\n"},
		{"a,b\n\"two\nlines\",2\n3,4\n", "a|b\n2: two\nlines|2\n4: 3|4\n"},
		{"a,b\n\"two\r\nlines\r\n\",2\r\n3,4\r\n", "a|b\n2: two\r\nlines\r\n|2\n5: 3|4\n"},
		{"a,b\n\n\n1,2\n\r\n3,4\n\n", "a|b\n4: 1|2\n6: 3|4\n"},
		{"\n\na,b\n1,2\n", "a|b\n4: 1|2\n"},
		{" a , b \n 1 , 2 \n", "a|b\n2:  1 | 2 \n"},
		{"a\nx\n", "a\n2: x\n"},
		{"a,b\n", "a|b\n"},
		{"a,b", "a|b\n"},
		{"客户,状态\n甲,乙\n", "客户|状态\n2: 甲|乙\n"},
		{"a,b\n'=1+1,''@x\n", "a|b\n2: =1+1|'@x\n"},
		{"a,b\n'tis,-5\n", "a|b\n2: 'tis|-5\n"},
		{"a,b\n\"\",\"\"\n", "a|b\n2: |\n"},
	};
	check("f.csv", rows, ROWS(rows));
}

static void a_bad_row_is_named_and_the_next_one_read(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a,b\n1\n2,3\n", "a|b\n2: !0 the row has 1 cells, the header has 2\n3: 2|3\n"},
		{"a,b\n1,2,3\n", "a|b\n2: !0 the row has 3 cells, the header has 2\n"},
		{"a,b\n1,x\"y\n2,3\n",
			"a|b\n2: !2 a quotation mark inside the cell: quote the cell and write the "
			"mark "
			"twice\n3: 2|3\n"},
		{"a,b\n\"x\"y,1\n2,3\n",
			"a|b\n2: !1 a quotation mark inside the cell: quote the cell and write the "
			"mark "
			"twice\n3: 2|3\n"},
		{"a,b\n1,\xff\n2,3\n",
			"a|b\n2: !2 the cell is not valid UTF-8 (for a file in GB18030 say so in a "
			"map: "
			"encoding: gb18030)\n3: 2|3\n"},
		{"a,b\n1,2\n\"x\ny\",\"open\nand\nmore,1\n",
			"a|b\n2: 1|2\n3: !2 a quotation mark that opens on line 4 is never "
			"closed\n"},
		{"a,b\n\"open",
			"a|b\n2: !1 a quotation mark that opens on line 2 is never closed\n"},
		{"a,b\n\"x\ny\",1\n1\n",
			"a|b\n2: x\ny|1\n4: !0 the row has 1 cells, the header has 2\n"},
	};
	check("f.csv", rows, ROWS(rows));
}

static void a_header_that_names_nothing_is_an_error(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"",
			"f.csv:1:1: error: the file is empty: a row with the names of its columns "
			"is expected\n"},
		{"\n\n",
			"f.csv:1:1: error: the file is empty: a row with the names of its columns "
			"is expected\n"},
		{"a,,b\n", "f.csv:1:2: error: column 2 of the header has no name\n"},
		{"a,b,\n", "f.csv:1:3: error: column 3 of the header has no name\n"},
		{"a,b,a\n", "f.csv:1:3: error: column 3 has the name of column 1: \"a\"\n"},
		{"a, a\n", "f.csv:1:2: error: column 2 has the name of column 1: \"a\"\n"},
		{"a,\"b\n1,2\n",
			"f.csv:1:2: error: a quotation mark that opens on line 1 is never "
			"closed\n"},
		{"\xff\xfe"
		 "a",
			"f.csv:1:1: error: the file is UTF-16: save it as UTF-8\n"},
	};
	check("f.csv", rows, ROWS(rows));
	struct tend_str out = {0};
	dump("f\x1b.csv", "", 0, NULL, &out);
	assert_null(strchr(tend_str_text(&out), '\x1b'));
	tend_str_clear(&out);
	dump("f.json", "[]", 2, NULL, &out);
	assert_non_null(strstr(tend_str_text(&out), ".jsonl"));
	tend_str_finish(&out);
}

static void nul_rejects_the_row_and_not_the_file(void **state)
{
	(void)state;
	static const char data[] = "a,b\n1,x\0y\n2,3\n";
	struct tend_str out = {0};
	dump("f.csv", data, sizeof(data) - 1, NULL, &out);
	assert_same_text(tend_str_text(&out), "a|b\n2: !2 a NUL byte stands in the cell\n3: 2|3\n");
	tend_str_clear(&out);
	static const char lines[] = "{\"a\": 1}\n{\"a\": \"x\0\"}\n{\"a\": 2}\n";
	dump("f.jsonl", lines, sizeof(lines) - 1, NULL, &out);
	assert_same_text(
		tend_str_text(&out), "a\n1: 1\n2: !9 a NUL byte stands in the line\n3: 2\n");
	tend_str_finish(&out);
}

static void gb18030_is_decoded_and_checked_by_row(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a,b\n\xbf\xcd\xbb\xa7,1\n", "a|b\n2: 客户|1\n"},
		{"\x84\x31\x95\x33"
		 "a,b\n1,2\n",
			"a|b\n2: 1|2\n"},
		{"\xc3\xfb\xb3\xc6;b\n\xbf\xcd;2\n", "名称|b\n2: 客|2\n"},
		{"\xef\xbb\xbf"
		 "a,b\n客户,1\n",
			"a|b\n2: 客户|1\n"},
		{"a,b\n1,\xff\xff\n\xbf\xcd,3\n",
			"a|b\n2: !2 the cell is not valid GB18030\n3: 客|3\n"},
		{"a,b\n\xbf,3\n1,2\n", "a|b\n2: !1 the cell is not valid GB18030\n3: 1|2\n"},
		{"a,b\n\x81\x30\x81\x30,3\n", "a|b\n2: \xc2\x80|3\n"},
	};
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct tend_str out = {0};
		dump("f.csv", rows[i].data, strlen(rows[i].data), "gb18030", &out);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
	struct tend_str out = {0};
	dump("f.jsonl", "{\"a\":\"\xbf\xcd\"}\n", 11, "GB18030", &out);
	assert_same_text(tend_str_text(&out), "a\n1: 客\n");
	tend_str_clear(&out);
	dump("f.csv", "a\n", 2, "latin1", &out);
	assert_same_text(
		tend_str_text(&out), "encoding \"latin1\" is not known: utf-8 or gb18030\n");
	tend_str_finish(&out);
}

static void json_lines_become_columns(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"{\"a\": 1, \"b\": \"x\"}\n{\"b\": \"y\", \"c\": true}\n",
			"a|b|c\n1: 1|x|~\n2: ~|y|true\n"},
		{"\xef\xbb\xbf{\"a\": {\"b\": {\"c\": 1}}, \"d\": null}\r\n\r\n{\"d\": false}",
			"a.b.c|d\n1: 1|\n3: ~|false\n"},
		{"{\"n\": 1.10, \"s\": \"1 2\", \"m\": -0.50e1, \"k\": 007}\n",
			"\n1: !44 not valid JSON: invalid token near '0'\n"},
		{"{\"n\": 1.10, \"9\": \"8\\\"7\", \"m\": -0.50e1}\n",
			"n|9|m\n1: 1.10|8\"7|-0.50e1\n"},
		{"{\"tags\": [\"a\", \"b\"], \"t\": [1.0, true, null], \"e\": []}\n",
			"tags|t|e\n1: a,b|1.0,true,|\n"},
		{"{\"x\": [{\"y\": 1.50}], \"z\": 2.50}\n", "x|z\n1: [{\"y\":1.5}]|2.50\n"},
		{"{\"a\": \"two\\nlines\"}\n", "a\n1: two\nlines\n"},
	};
	check("f.jsonl", rows, ROWS(rows));
	check("F.NDJSON", rows, 2);
}

static void a_bad_json_line_is_named_with_its_column(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"", "f.jsonl:1:1: error: the file is empty: one JSON object a line is expected\n"},
		{"{\"a\": 1}\n[1]\n{\"a\": 2}\n",
			"a\n1: 1\n2: !1 one JSON object a line is expected\n3: 2\n"},
		{"{\"a\": 1, \"a\": 2}\n{\"a\": 3}\n",
			"a\n1: !12 not valid JSON: duplicate object key near '\"a\"'\n2: 3\n"},
		{"{\"a\": {\"b\": 1}, \"a.b\": 2}\n",
			"a.b\n1: !0 the field \"a.b\" stands twice\n"},
		{"{\"\": 1}\n{\"a\": 1}\n", "a\n1: !0 a field has no name\n2: 1\n"},
		{"{\"a\": 1, \"\": 2}\n", "a\n1: !0 a field has no name\n"},
		{"{\"a\": \"\xff\"}\n{\"a\": 1}\n", "a\n1: !8 the line is not valid UTF-8\n2: 1\n"},
		{"{\"a\": \"\\u0000\"}\n", "\n1: !14 a NUL character stands in a text\n"},
	};
	check("f.jsonl", rows, ROWS(rows));
}

static void repeat(struct tend_str *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		tend_str_add(out, text);
	}
}

static void limits_are_errors(void **state)
{
	(void)state;
	struct tend_str data = {0}, out = {0};
	for (int i = 0; i < 4097; i++) {
		tend_str_addf(&data, "%sc%d", i > 0 ? "," : "", i);
	}
	dump("f.csv", data.data, data.len, NULL, &out);
	assert_same_text(tend_str_text(&out), "f.csv:1:4097: error: more than 4096 columns\n");
	tend_str_clear(&out);
	tend_str_clear(&data);
	tend_str_add(&data, "a,b\n1,");
	repeat(&data, "0123456789abcdef", 65537);
	tend_str_add(&data, "\n1,2\n");
	dump("f.csv", data.data, data.len, NULL, &out);
	assert_same_text(
		tend_str_text(&out), "a|b\n2: !2 a cell of more than 1048576 bytes\n3: 1|2\n");
	tend_str_clear(&out);
	tend_str_clear(&data);
	tend_str_add(&data, "{\"a\": ");
	repeat(&data, "{\"a\": ", 20);
	tend_str_add(&data, "1");
	repeat(&data, "}", 21);
	dump("f.jsonl", data.data, data.len, NULL, &out);
	assert_same_text(tend_str_text(&out), "\n1: !0 objects are nested more than 16 deep\n");
	tend_str_clear(&out);
	tend_str_clear(&data);
	tend_str_add(&data, "{\"a\": 1}\n{\"a\": 1");
	for (int i = 0; i < 4097; i++) {
		tend_str_addf(&data, ", \"c%d\": 1", i);
	}
	tend_str_add(&data, "}\n");
	dump("f.jsonl", data.data, data.len, NULL, &out);
	assert_same_text(tend_str_text(&out), "f.jsonl:2:1: error: more than 4096 columns\n");
	tend_str_finish(&data);
	tend_str_finish(&out);
}

static void a_row_of_ten_thousand_cells_is_only_a_bad_row(void **state)
{
	(void)state;
	struct tend_str data = {0}, out = {0};
	tend_str_add(&data, "a,b\n");
	repeat(&data, ",", 10000);
	tend_str_add(&data, "\n1,2\n");
	dump("f.csv", data.data, data.len, NULL, &out);
	assert_same_text(tend_str_text(&out), "a|b\n2: !4097 more than 4096 columns\n3: 1|2\n");
	tend_str_finish(&data);
	tend_str_finish(&out);
}

static void random_cell(struct support_random *random, struct tend_str *out)
{
	static const char *const pieces[] = {"\"", ",", ";", "\n", "\r\n", "=", "'", "+", "-", "@",
		"a", "客户", " ", "0", "\xef\xbc\x9d", "1.5", "\xf0\x9f\x98\x80"};
	for (unsigned n = support_random(random, 6); n > 0; n--) {
		tend_str_add(out, pieces[support_random(random, ROWS(pieces))]);
	}
}

/* Prints texts as CSV or TSV cells, reads them again, and wants the same texts. */
static void printed_cells_read_back_exact(void **state)
{
	(void)state;
	struct support_random random = {5};
	for (int round = 0; round < 1000; round++) {
		char delimiter = round % 2 == 0 ? ',' : '\t';
		struct tend_str data = {0}, cells[30] = {{0}};
		tend_str_addf(&data, "a%cb%cc\r\n", delimiter, delimiter);
		for (int i = 0; i < 30; i++) {
			random_cell(&random, &cells[i]);
			tend_csv_cell(&data, tend_str_text(&cells[i]), delimiter, true);
			tend_str_add(&data, i % 3 < 2 ? (char[]){delimiter, '\0'} : "\r\n");
		}
		struct tend_rows *r;
		assert_int_equal(tend_rows_open("f", data.data, data.len, NULL, &r, NULL), TEND_OK);
		assert_int_equal(tend_rows_delimiter(r), delimiter);
		struct tend_cell_row row;
		struct tend_row_error bad;
		for (int i = 0; i < 30; i += 3) {
			assert_true(tend_rows_next(r, &row, &bad));
			assert_string_equal(bad.text, "");
			for (int k = 0; k < 3; k++) {
				assert_string_equal(row.cells[k], tend_str_text(&cells[i + k]));
				tend_str_finish(&cells[i + k]);
			}
		}
		assert_false(tend_rows_next(r, &row, &bad));
		tend_rows_close(r);
		tend_str_finish(&data);
	}
}

static void printed_lists_read_back_exact(void **state)
{
	(void)state;
	static const char *const fields[] = {"key", "name", "owner"};
	struct support_random random = {9};
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	for (int i = 0; i < 200; i++) {
		struct tend_str name = {0};
		struct tend_customer *c = tend_list_add(&list);
		c->key = tend_arena_format(&list.arena, "k%d", i);
		random_cell(&random, &name);
		c->name = tend_arena_strdup(&list.arena, tend_str_text(&name));
		c->owner = i % 7 == 0 ? NULL : "li, \"the\" owner";
		tend_str_finish(&name);
	}
	for (int format = TEND_AS_CSV; format <= TEND_AS_TSV; format++) {
		struct tend_print how = {
			.format = (enum tend_format)format, .fields = fields, .nfields = 3};
		struct tend_str out = {0};
		tend_print_list(&list, &how, &out);
		struct tend_rows *r;
		assert_int_equal(tend_rows_open("f", out.data, out.len, NULL, &r, NULL), TEND_OK);
		struct tend_cell_row row;
		struct tend_row_error bad;
		size_t n = 0;
		for (; tend_rows_next(r, &row, &bad); n++) {
			const struct tend_customer *c = tend_list_at(&list, n);
			assert_string_equal(row.cells[0], c->key);
			assert_string_equal(row.cells[1], c->name);
			assert_string_equal(row.cells[2], c->owner != NULL ? c->owner : "");
		}
		assert_int_equal(n, list.n);
		tend_rows_close(r);
		tend_str_finish(&out);
	}
	tend_list_finish(&list);
}

/* Whatever the bytes, reading ends, every row has a line, and what is shown of it is text. */
static void random_files_never_harm(void **state)
{
	(void)state;
	static const char alphabet[] = "ab,;\t\"\n\r{}[]:1.-e'=\xe5\xae\xa2\xff\0\\";
	static const char *const files[] = {"f.csv", "f.jsonl"};
	struct support_random random = {3};
	for (int round = 0; round < 4000; round++) {
		char data[120];
		size_t n = support_random(&random, sizeof(data));
		for (size_t i = 0; i < n; i++) {
			data[i] = alphabet[support_random(&random, sizeof(alphabet) - 1)];
		}
		char *exact = tend_strndup(data, n);
		struct tend_rows *r;
		struct tend_error err;
		const char *encoding = round % 3 == 0 ? "gb18030" : NULL;
		if (tend_rows_open(files[round % 2], exact, n, encoding, &r, &err) == TEND_OK) {
			struct tend_cell_row row;
			struct tend_row_error bad;
			int line = 0;
			while (tend_rows_next(r, &row, &bad)) {
				assert_true(row.line > line);
				line = row.line;
				assert_true(tend_utf8_valid(bad.text, strlen(bad.text)));
				for (size_t i = 0; i < row.ncells; i++) {
					const char *cell = row.cells[i] != NULL ? row.cells[i] : "";
					assert_true(tend_utf8_valid(cell, strlen(cell)));
				}
			}
			tend_rows_close(r);
		}
		free(exact);
	}
}

static double seconds(void)
{
	struct timespec t;
	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), 0);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void a_hundred_thousand_rows_take_no_second(void **state)
{
	(void)state;
	struct tend_str data = {0};
	tend_str_add(&data, "key,name,started,segment,industry,currency,arr,tags\n");
	for (int i = 0; i < 100000; i++) {
		tend_str_addf(&data,
			"c%d,\"Customer, %d\",2026-01-31,enterprise,客户,EUR,%d.50,\"a,b\"\n", i, i,
			i);
	}
	double from = seconds();
	struct tend_rows *r;
	assert_int_equal(tend_rows_open("f", data.data, data.len, NULL, &r, NULL), TEND_OK);
	struct tend_cell_row row;
	struct tend_row_error bad;
	int n = 0;
	while (tend_rows_next(r, &row, &bad)) {
		n += bad.text[0] == '\0' && row.ncells == 8;
	}
	tend_rows_close(r);
	double took = seconds() - from;
	print_message("100,000 rows: %.3f s\n", took);
	assert_int_equal(n, 100000);
	assert_true(took < 5); /* far below it without a sanitizer */
	tend_str_finish(&data);
}

static void rejects_are_a_file_that_reads_again(void **state)
{
	(void)state;
	static const char data[] = "a;b\n=1;x\n1;2;3;4\n\"two\nlines\"\n1;\xff\n";
	struct tend_rows *r;
	const char *const *names;
	struct tend_cell_row row;
	struct tend_row_error bad;
	struct tend_str out = {0};
	assert_int_equal(tend_rows_open("f", data, sizeof(data) - 1, NULL, &r, NULL), TEND_OK);
	size_t n = tend_rows_columns(r, &names);
	tend_rejects_head(&out, names, n);
	while (tend_rows_next(r, &row, &bad)) {
		tend_rejects_row(&out, &row, n, bad.text[0] != '\0' ? bad.text : "b: \"x\"\x1b");
	}
	tend_rows_close(r);
	assert_same_text(tend_str_text(&out),
		"a,b,reason\r\n"
		"'=1,x,\"b: \"\"x\"\"␛\"\r\n"
		"1,\"2,3,4\",\"the row has 4 cells, the header has 2\"\r\n"
		"\"two\nlines\",,\"the row has 1 cells, the header has 2\"\r\n"
		"1,\xef\xbf\xbd,the cell is not valid UTF-8 (for a file in GB18030 say so in a "
		"map: encoding: "
		"gb18030)\r\n");
	struct tend_str again = {0};
	tend_rejects_head(&again, (const char *const[]){"date", "reason"}, 2);
	assert_string_equal(tend_str_text(&again), "date,reason,rejected_reason\r\n");
	tend_str_clear(&again);
	dump("f.csv", out.data, out.len, NULL, &again);
	assert_null(strchr(tend_str_text(&again), '!'));
	tend_str_finish(&again);
	tend_str_finish(&out);
}

static void faults_of_a_row_stand_in_the_order_of_its_columns(void **state)
{
	(void)state;
	struct tend_row_error bad = {0};
	tend_row_bad(&bad, 3, "c is bad");
	tend_row_bad(&bad, 1, "a is %s", "bad");
	tend_row_bad(&bad, 2, "b");
	tend_row_bad(&bad, 2, "b");
	tend_row_bad(&bad, 4, "is bad");
	assert_string_equal(bad.text, "a is bad; b; c is bad; is bad");
	static const struct tend_row_fault faults[] = {
		{1, 0, 8}, {2, 10, 1}, {3, 13, 8}, {4, 23, 6}};
	assert_int_equal(bad.nfaults, 4);
	assert_int_equal(bad.column, 1);
	assert_memory_equal(bad.faults, faults, sizeof(faults));
}

static void faults_past_the_room_for_them_are_left_out(void **state)
{
	(void)state;
	struct tend_row_error bad = {0};
	char text[600];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	tend_row_bad(&bad, 2, "%s", text);
	assert_int_equal(strlen(bad.text), sizeof(bad.text) - 1);
	tend_row_bad(&bad, 1, "y");
	assert_int_equal(bad.nfaults, 1);
	bad = (struct tend_row_error){0};
	for (size_t i = 0; i < 2 * TEND_ROW_FAULTS_MAX; i++) {
		tend_row_bad(&bad, 100 - i, "%zu", i);
	}
	assert_int_equal(bad.nfaults, TEND_ROW_FAULTS_MAX);
	assert_int_equal(bad.faults[0].column, 100 - TEND_ROW_FAULTS_MAX + 1);
	bad = (struct tend_row_error){0};
	for (size_t i = 0; i < TEND_ROW_FAULTS_MAX; i++) {
		text[70] = '\0';
		text[0] = (char)('a' + i);
		tend_row_bad(&bad, 100 - i, "%s", text);
	}
	assert_int_equal(bad.nfaults, 7); /* 7 x 70 + 6 x 2 = 502 of 511 */
	assert_int_equal(strlen(bad.text), 502);
	assert_int_equal(bad.text[0], 'g');
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_is_read_as_rfc_4180_says),
		cmocka_unit_test(a_bad_row_is_named_and_the_next_one_read),
		cmocka_unit_test(a_header_that_names_nothing_is_an_error),
		cmocka_unit_test(nul_rejects_the_row_and_not_the_file),
		cmocka_unit_test(gb18030_is_decoded_and_checked_by_row),
		cmocka_unit_test(json_lines_become_columns),
		cmocka_unit_test(a_bad_json_line_is_named_with_its_column),
		cmocka_unit_test(limits_are_errors),
		cmocka_unit_test(a_row_of_ten_thousand_cells_is_only_a_bad_row),
		cmocka_unit_test(printed_cells_read_back_exact),
		cmocka_unit_test(printed_lists_read_back_exact),
		cmocka_unit_test(random_files_never_harm),
		cmocka_unit_test(a_hundred_thousand_rows_take_no_second),
		cmocka_unit_test(faults_of_a_row_stand_in_the_order_of_its_columns),
		cmocka_unit_test(faults_past_the_room_for_them_are_left_out),
		cmocka_unit_test(rejects_are_a_file_that_reads_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
