/* SPDX-License-Identifier: MIT */
/* A map for a file that nobody has described: proposed from its headers and first rows, for a person to finish. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/text.h>

#include <tend/exchange.h>
#include <tend/fields.h>

#include "clean.h"
#include "guess.h"

enum { ROWS_READ = 500, CELLS_KEPT = 12, SHOWN = 3, FOR_NAME = 150, FOR_MISSING = 120 };

/* One of our fields, and the column that it is proposed to come from. */
struct match {
	const struct tend_field *field;
	const char *name, *format;
	bool required;
	int score; /* 0: none */
	size_t column;
	const struct tend_kind *via; /* the customer is found by its key; NULL */
};
struct proposal {
	const char *kind;
	const struct tend_record_type *type;
	const struct tend_kind *k; /* NULL: customers */
	struct match *items;
	size_t n, cap;
	bool *taken; /* by column */
	int score;
};
struct file {
	struct tend_arena arena;
	const char *path, *encoding;
	struct guess_column *columns;
	size_t n;
};

static const char *const customer_fields[] = {"key*", "name*", "started", "status", "term", "owner",
	"segment", "industry", "currency", "arr", "tags"};

/* --- the file --- */

static void keep(struct file *f, struct guess_column *c, const char *cell)
{
	if (cell == NULL || *cell == '\0') {
		return;
	}
	for (size_t i = 0; i < c->n; i++) {
		if (strcmp(c->cells[i], cell) == 0) {
			return;
		}
	}
	if (c->n == CELLS_KEPT) {
		c->full = true;
	} else {
		c->cells[c->n++] = tend_arena_strdup(&f->arena, cell);
	}
}

static enum tend_status file_read(
	struct file *f, const char *text, size_t n, struct tend_error *err)
{
	struct tend_rows *rows = NULL;
	const char *const *names = NULL;
	f->encoding = tend_utf8_valid(text, n) ? NULL : "gb18030";
	enum tend_status status = tend_rows_open(f->path, text, n, f->encoding, &rows, err);
	if (status != TEND_OK) {
		return status;
	}
	f->n = tend_rows_columns(rows, &names);
	f->columns = tend_arena_alloc(&f->arena, f->n * sizeof(*f->columns));
	for (size_t i = 0; i < f->n; i++) {
		f->columns[i].name = tend_arena_strdup(&f->arena, names[i]);
		f->columns[i].cells = tend_arena_alloc(&f->arena, CELLS_KEPT * sizeof(char *));
	}
	struct tend_cell_row row = {0};
	struct tend_row_error bad = {0};
	for (int i = 0; i < ROWS_READ && tend_rows_next(rows, &row, &bad); i++) {
		for (size_t k = 0; k < f->n && k < row.ncells; k++) {
			keep(f, &f->columns[k], row.cells[k]);
		}
		bad = (struct tend_row_error){0};
	}
	tend_rows_close(rows);
	return TEND_OK;
}

/* --- one kind --- */

static void add_field(
	struct proposal *p, const struct tend_field *f, const char *name, bool required)
{
	*TEND_PUSH(p) = (struct match){.field = f, .name = name, .required = required};
}

static void list_fields(struct proposal *p, struct tend_arena *arena)
{
	for (size_t i = 0; p->k == NULL && i < COUNT_OF(customer_fields); i++) {
		size_t n = strcspn(customer_fields[i], "*");
		const char *name = tend_arena_strndup(arena, customer_fields[i], n);
		bool term = strcmp(name, "term") == 0;
		add_field(p, tend_field_find(p->type, term ? "term_months" : name), name,
			customer_fields[i][n] == '*');
	}
	for (size_t i = 0; p->k != NULL && i < p->type->nfields; i++) {
		const struct tend_field *f = &p->type->fields[i];
		if ((f->flags & (TEND_F_HIDDEN | TEND_F_DERIVED)) == 0) {
			add_field(p, f, f->name, (f->flags & TEND_F_REQUIRED) != 0);
		}
	}
}

/* The best pair that is still free; false where there is none. */
static bool take_best(struct proposal *p, const struct file *f)
{
	struct match *best = NULL;
	int score = 0;
	size_t column = 0;
	const char *format = NULL;
	for (size_t i = 0; i < p->n; i++) {
		struct match *m = &p->items[i];
		for (size_t c = 0; m->score == 0 && c < f->n; c++) {
			const char *found = NULL;
			int s = p->taken[c]
				? 0
				: guess_name(p->k, m->name, m->field->title, f->columns[c].name);
			if (s > score && guess_fits(m->field, &f->columns[c], &found)) {
				best = m;
				score = s;
				column = c;
				format = found;
			}
		}
	}
	if (best != NULL) {
		best->score = score;
		best->column = column;
		best->format = format;
		p->taken[column] = true;
	}
	return best != NULL;
}

/* A customer that no column names may be found by the key of another record. */
static void take_via(struct proposal *p, const struct file *f)
{
	for (size_t i = 0; i < p->n; i++) {
		struct match *m = &p->items[i];
		bool wanted = m->score == 0 && strcmp(m->name, "customer") == 0 && m->required;
		for (size_t c = 0; wanted && m->score == 0 && c < f->n; c++) {
			const struct tend_kind *k = guess_key_of(f->columns[c].name);
			if (!p->taken[c] && k != NULL && k != p->k
				&& tend_kind_belongs(k) == TEND_TO_CUSTOMER) {
				*m = (struct match){
					m->field, m->name, NULL, true, FOR_NAME / 2, c, k};
				p->taken[c] = true;
			}
		}
	}
}

/* Its name says what the file is of: "support_tickets.csv". */
static bool is_named_for(const struct proposal *p, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = tend_format("%s_id", slash != NULL ? slash + 1 : path);
	bool found = false;
	for (char *at = name; *at != '\0' && !found; at += strcspn(at, "_-. ") + 1) {
		char *word = tend_strndup(at, strcspn(at, "_-. "));
		size_t n = strlen(word);
		for (int plural = 0; plural < 2 && n > 1 && !found; plural++) {
			char *key = tend_format("%.*s_id",
				(int)(plural == 1 && word[n - 1] == 's' ? n - 1 : n), word);
			const struct tend_kind *k = guess_key_of(key);
			found = p->k != NULL
				? k == p->k || strcmp(word, p->k->plural) == 0
				: guess_name(NULL, "key", (struct tend_text){0}, key) > 70;
			free(key);
		}
		free(word);
		if (at[strcspn(at, "_-. ")] == '\0') {
			break;
		}
	}
	free(name);
	return found;
}

static void propose(struct proposal *p, struct file *f)
{
	list_fields(p, &f->arena);
	p->taken = tend_calloc(f->n + 1, sizeof(*p->taken));
	while (take_best(p, f)) {}
	take_via(p, f);
	p->score = is_named_for(p, f->path) ? FOR_NAME : 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct match *m = &p->items[i];
		p->score += m->score > 0 ? m->score : m->required ? -FOR_MISSING : 0;
	}
}

static void proposal_finish(struct proposal *p)
{
	free(p->items);
	free(p->taken);
	*p = (struct proposal){0};
}

/* --- in YAML --- */

static void add_key(struct tend_str *out, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t from = out->len;
	for (const char *s = slash != NULL ? slash + 1 : path; *s != '\0' && *s != '.'; s++) {
		bool plain = isalnum((unsigned char)*s) != 0;
		if (plain) {
			tend_str_addc(out, (char)tolower((unsigned char)*s));
		} else if (out->len > from && out->data[out->len - 1] != '-') {
			tend_str_addc(out, '-');
		}
	}
	while (out->len > from && out->data[out->len - 1] == '-') {
		out->data[--out->len] = '\0';
	}
	tend_str_add(out, out->len > from ? "" : "map");
}

/* Some of what it holds, behind a '#'. */
static void add_shown(struct tend_str *out, const struct guess_column *c)
{
	for (size_t i = 0; i < c->n && i < SHOWN; i++) {
		struct tend_str text = {0};
		int columns;
		clean_line(&text, c->cells[i]);
		size_t fits = tend_fit(tend_str_text(&text), 30, &columns);
		tend_str_addf(out, "%s%.*s%s", i > 0 ? ", " : "", (int)fits, tend_str_text(&text),
			fits < text.len ? "…" : "");
		tend_str_finish(&text);
	}
	tend_str_add(out, c->n > SHOWN ? ", …" : "");
}

static void add_column(struct tend_str *out, const struct match *m, const struct guess_column *c)
{
	tend_str_addf(out, "  %s: ", m->name);
	if (m->via != NULL || m->format != NULL) {
		tend_str_add(out, m->via != NULL ? "{via: " : "{format: \"");
		tend_str_addf(out, "%s%s, column: ", m->via != NULL ? m->via->plural : m->format,
			m->via != NULL ? "" : "\"");
	}
	tend_json_string(out, c->name);
	tend_str_add(out, m->via != NULL || m->format != NULL ? "}" : "");
	if (m->format != NULL && strstr(m->format, "%d/%m") == m->format) {
		tend_str_addf(out, "   # ? %s", _("or the month first"));
	} else if (m->score < 80) {
		tend_str_add(out, "   # ");
		add_shown(out, c);
	}
	tend_str_addc(out, '\n');
}

static void add_columns(struct tend_str *out, const struct proposal *p, const struct file *f)
{
	tend_str_add(out, "columns:\n");
	for (size_t i = 0; i < p->n; i++) {
		const struct match *m = &p->items[i];
		if (m->score > 0) {
			add_column(out, m, &f->columns[m->column]);
		} else if (m->required) {
			tend_str_addf(out, "  # ? %s: %s\n", m->name,
				_("required, and no column looks like it; a column, or {const: "
				  "X}"));
		} else if ((m->field->flags & TEND_F_CURRENCY) != 0) {
			tend_str_addf(out, "  # ? %s: {const: USD}\n", m->name);
		}
	}
}

static bool reads(const struct tend_field *f, const char *text)
{
	struct tend_arena arena = {0};
	struct tend_value v;
	bool good = tend_field_parse(f, text, &arena, &v, NULL) == TEND_OK;
	tend_arena_finish(&arena);
	return good;
}

static void add_choice(struct tend_str *out, const struct tend_field *f)
{
	for (size_t i = 0; f->values != NULL && f->values[i] != NULL; i++) {
		tend_str_addf(out, "%s%s", i > 0 ? ", " : "", f->values[i]);
	}
	tend_str_add(out, f->values == NULL ? "yes, no" : "");
}

/* theirs: ours of one field, for words that are not ours; what cannot be told is a comment. */
static void add_field_values(struct tend_str *out, const struct proposal *p, const struct match *m,
	const struct guess_column *c, bool *first)
{
	struct tend_str known = {0}, unknown = {0};
	for (size_t i = 0; i < c->n; i++) {
		if (reads(m->field, c->cells[i])) {
			continue;
		}
		const char *ours = guess_word(p->type, m->field, c->cells[i]);
		struct tend_str *to = ours != NULL ? &known : &unknown;
		tend_str_add(to, ours != NULL ? "    " : "    # ? ");
		tend_json_string(to, c->cells[i]);
		tend_str_addf(to, ": %s", ours != NULL ? ours : "");
		if (ours == NULL) {
			add_choice(to, m->field);
		}
		tend_str_addc(to, '\n');
	}
	if (known.len + unknown.len > 0) {
		const char *comment = known.len > 0 ? "" : "# ? ";
		bool open = known.len > 0 && *first;
		tend_str_add(out, open ? "values:\n" : "");
		*first = *first && !open;
		tend_str_addf(out, "  %s%s:\n%s%s", comment, m->name, tend_str_text(&known),
			tend_str_text(&unknown));
	}
	tend_str_finish(&known);
	tend_str_finish(&unknown);
}

static bool has_words(const struct match *m)
{
	const struct tend_field *f = m->field;
	return m->score > 0 && (f->type == TEND_BOOL || f->values != NULL)
		&& (f->flags & TEND_F_OPEN) == 0;
}

static void add_values(struct tend_str *out, const struct proposal *p, const struct file *f)
{
	bool first = true;
	for (size_t i = 0; i < p->n; i++) {
		if (has_words(&p->items[i])) {
			add_field_values(
				out, p, &p->items[i], &f->columns[p->items[i].column], &first);
		}
	}
}

static void add_rest(struct tend_str *out, const struct proposal *p, const struct file *f)
{
	size_t n = 0;
	for (size_t c = 0; c < f->n; c++) {
		n += !p->taken[c];
	}
	if (n > 0 && p->type->custom >= 0) {
		tend_str_addf(out, "extra: keep   # %s\n", _("as fields of your own; or ignore"));
	}
	for (size_t c = 0; c < f->n; c++) {
		if (!p->taken[c]) {
			tend_str_addf(out, "# %s ", _("no field for the column"));
			tend_json_string(out, f->columns[c].name);
			tend_str_add(out, f->columns[c].n > 0 ? ": " : "");
			add_shown(out, &f->columns[c]);
			tend_str_addc(out, '\n');
		}
	}
}

static void write_map(struct tend_str *out, const struct proposal *p, const struct file *f)
{
	tend_str_addf(out, "# %s\n",
		_("Proposed by tend import --inspect. What could not be told stands behind # ?"));
	tend_str_add(out, "map: ");
	add_key(out, f->path);
	tend_str_addf(out, "\nkind: %s\n", p->kind);
	if (f->encoding != NULL) {
		tend_str_addf(out, "encoding: %s\n", f->encoding);
	}
	add_columns(out, p, f);
	add_values(out, p, f);
	if (p->type == &tend_point_type) {
		tend_str_addf(out, "combine: sum   # %s\n",
			_("several rows of a customer, metric and day; or max, last"));
	}
	add_rest(out, p, f);
}

static struct proposal of_kind(const char *kind)
{
	const struct tend_kind *k = tend_kind_imported(kind);
	return (struct proposal){
		.kind = kind, .k = k, .type = k != NULL ? k->type : &tend_customer_type};
}

enum tend_status tend_map_propose(const char *path, const char *text, size_t n, const char *kind,
	struct tend_str *out, struct tend_error *err)
{
	struct file f = {.path = path};
	struct proposal best = {0};
	enum tend_status status = file_read(&f, text, n, err);
	for (size_t i = 0; status == TEND_OK && tend_import_kinds[i] != NULL; i++) {
		const char *name = tend_import_kinds[i];
		if (strcmp(name, "milestones") == 0 || (kind != NULL && strcmp(name, kind) != 0)) {
			continue;
		}
		struct proposal p = of_kind(name);
		propose(&p, &f);
		if (best.kind == NULL || p.score > best.score) {
			struct proposal worse = best;
			best = p;
			p = worse;
		}
		proposal_finish(&p);
	}
	if (status == TEND_OK && (best.kind == NULL || (kind == NULL && best.score <= 0))) {
		status = tend_fail(err, TEND_BAD_INPUT,
			_("%s: its columns look like no kind of records; name one: tend import "
			  "--inspect KIND FILE"),
			path);
	}
	if (status == TEND_OK) {
		write_map(out, &best, &f);
	}
	proposal_finish(&best);
	tend_arena_finish(&f.arena);
	return status;
}
