/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>

#include "clean.h"

#include <tend/exchange.h>

void tend_import_report_finish(struct tend_import_report *r)
{
	free(r->items);
	free(r->notes);
	tend_arena_finish(&r->arena);
	*r = (struct tend_import_report){0};
}

static const struct count {
	const char *name, *title;
	size_t offset;
} counts[] = {
	{"read", N_("read"), offsetof(struct tend_import_report, read)},
	{"added", N_("added"), offsetof(struct tend_import_report, added)},
	{"updated", N_("updated"), offsetof(struct tend_import_report, updated)},
	{"unchanged", N_("unchanged"), offsetof(struct tend_import_report, unchanged)},
	{"rejected", N_("rejected"), offsetof(struct tend_import_report, rejected)},
	{"cleaned", N_("made visible"), offsetof(struct tend_import_report, cleaned)},
};
enum { COUNTS = sizeof(counts) / sizeof(counts[0]) };

static int64_t count_of(const struct tend_import_report *r, size_t i)
{
	return *(const int64_t *)(const void *)((const char *)r + counts[i].offset);
}

/* Names separated by commas, with or without a blank behind. */
static void add_ignored(struct tend_str *out, const char *names)
{
	struct tend_str list = {0};
	while (*names != '\0') {
		names += *names == ' ' && (list.len == 0 || list.data[list.len - 1] == ',');
		size_t n = strcspn(names, ",");
		tend_str_addn(&list, names, n + (names[n] == ','));
		names += n + (names[n] == ',');
	}
	tend_json_value(out, (struct tend_value){.type = TEND_TAGS, .text = tend_str_text(&list)});
	tend_str_finish(&list);
}

/* Rows that were taken, and what is to be said of them. */
static void add_notes(const struct tend_import_report *r, struct tend_str *out)
{
	tend_str_addf(out, "  \"look_alike\": %" PRId64 ",\n  \"notes\": [", r->look_alike);
	for (size_t i = 0; i < r->nnotes; i++) {
		tend_str_addf(out, "%s{\"line\": %d, \"text\": ", i > 0 ? ",\n    " : "\n    ",
			r->notes[i].line);
		tend_json_string(out, r->notes[i].reason);
		tend_str_addc(out, '}');
	}
	tend_str_add(out, r->nnotes > 0 ? "\n  ],\n" : "],\n");
}

static void print_json(const struct tend_import_report *r, struct tend_str *out)
{
	tend_str_add(out, "{\n");
	for (size_t i = 0; i < COUNTS; i++) {
		tend_str_addf(out, "  \"%s\": %" PRId64 ",\n", counts[i].name, count_of(r, i));
	}
	tend_str_add(out, "  \"ignored\": ");
	add_ignored(out, r->ignored != NULL ? r->ignored : "");
	tend_str_add(out, ",\n");
	add_notes(r, out);
	tend_str_add(out, "  \"rejects\": [");
	for (size_t i = 0; i < r->n; i++) {
		tend_str_addf(out, "%s{\"line\": %d, \"column\": ", i > 0 ? ",\n    " : "\n    ",
			r->items[i].line);
		if (r->items[i].column > 0) {
			tend_str_addf(out, "%d", r->items[i].column);
		} else {
			tend_str_add(out, "null");
		}
		tend_str_add(out, ", \"reason\": ");
		tend_json_string(out, r->items[i].reason);
		tend_str_addc(out, '}');
	}
	tend_str_add(out, r->n > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

static void print_rows(const struct tend_import_report *r, char delimiter, struct tend_str *out)
{
	const char *end = delimiter == '\t' ? "\n" : "\r\n";
	tend_str_addf(out, "line%ccolumn%creason%s", delimiter, delimiter, end);
	for (size_t i = 0; i < r->n; i++) {
		tend_str_addf(out, "%d%c", r->items[i].line, delimiter);
		if (r->items[i].column > 0) {
			tend_str_addf(out, "%d", r->items[i].column);
		}
		tend_str_addc(out, delimiter);
		tend_csv_cell(out, r->items[i].reason, delimiter, true);
		tend_str_add(out, end);
	}
}

static void print_md(const struct tend_import_report *r, struct tend_str *out)
{
	for (size_t i = 0; i < COUNTS; i++) {
		tend_str_addf(out, "- %s: %" PRId64 "\n", _(counts[i].title), count_of(r, i));
	}
	if (r->n > 0) {
		tend_str_addf(out, "\n| %s | %s |\n| ---: | --- |\n", _("Line"), _("Reason"));
	}
	for (size_t i = 0; i < r->n; i++) {
		tend_str_addf(out, "| %d | ", r->items[i].line);
		tend_md_text(out, r->items[i].reason);
		tend_str_add(out, " |\n");
	}
}

/* One line; what was rejected is said on stderr by the command. */
static void print_line(const struct tend_import_report *r, struct tend_str *out)
{
	for (size_t i = 0; i < COUNTS; i++) {
		if (i < COUNTS - 1 || r->cleaned > 0) {
			tend_str_addf(out, "%s%s %" PRId64, i > 0 ? "  " : "", _(counts[i].title),
				count_of(r, i));
		}
	}
	tend_str_addc(out, '\n');
	if (r->ignored != NULL && *r->ignored != '\0') {
		tend_str_addf(out, "%s ", _("columns that nothing took:"));
		clean_line(out, r->ignored);
		tend_str_addc(out, '\n');
	}
}

void tend_print_import(
	const struct tend_import_report *r, const struct tend_print *how, struct tend_str *out)
{
	switch (how->format) {
	case TEND_AS_TABLE:
		print_line(r, out);
		break;
	case TEND_AS_JSON:
		print_json(r, out);
		break;
	case TEND_AS_CSV:
		print_rows(r, ',', out);
		break;
	case TEND_AS_TSV:
		print_rows(r, '\t', out);
		break;
	case TEND_AS_MD:
		print_md(r, out);
		break;
	}
}
