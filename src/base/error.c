/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/error.h>
#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>
#include <tend/text.h>

/* Cuts a text that filled its buffer back to a whole character. */
static void end_at_character(char *text, size_t size)
{
	size_t n = strlen(text);
	if (n + 1 < size) {
		return;
	}
	while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80) {
		n--;
	}
	if (n > 0 && (unsigned char)text[n - 1] >= 0xC0) {
		n--;
	}
	text[n] = '\0';
}

enum tend_status tend_fail(struct tend_error *err, enum tend_status status, const char *fmt, ...)
{
	if (err != NULL) {
		va_list args;
		va_start(args, fmt);
		err->status = status;
		(void)vsnprintf(err->text, sizeof(err->text), fmt, args);
		va_end(args);
		end_at_character(err->text, sizeof(err->text));
	}
	return status;
}

void tend_error_prefix(struct tend_error *err, const char *fmt, ...)
{
	if (err == NULL) {
		return;
	}
	char prefix[sizeof(err->text) / 2];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(prefix, sizeof(prefix) - 2, fmt, args);
	va_end(args);
	end_at_character(prefix, sizeof(prefix) - 2);
	size_t n = strlen(prefix), length = strlen(err->text);
	memcpy(prefix + n, ": ", sizeof(": "));
	n += strlen(": ");
	size_t room = sizeof(err->text) - 1 - n;
	memmove(err->text + n, err->text, length < room ? length : room);
	memcpy(err->text, prefix, n);
	err->text[n + (length < room ? length : room)] = '\0';
	end_at_character(err->text, sizeof(err->text));
}

void tend_findings_init(struct tend_findings *f, const char *file)
{
	*f = (struct tend_findings){.file = tend_strdup(file)};
}

void tend_findings_finish(struct tend_findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->items[i].text);
	}
	free(f->items);
	free(f->file);
	*f = (struct tend_findings){0};
}

static void add_finding(
	struct tend_findings *f, struct tend_finding finding, const char *fmt, va_list args)
{
	char text[1024];
	(void)vsnprintf(text, sizeof(text), fmt, args);
	end_at_character(text, sizeof(text));
	struct tend_str printable = {0}; /* words of the file may stand in it */
	(void)tend_printable(&printable, text, strlen(text));
	finding.text = tend_strdup(tend_str_text(&printable));
	tend_str_finish(&printable);
	*TEND_PUSH(f) = finding;
	f->errors += finding.severity == TEND_ERROR;
}

void tend_findings_add(struct tend_findings *f, enum tend_severity severity, int line, int column,
	const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	add_finding(f,
		(struct tend_finding){
			.severity = severity, .line = line, .column = column, .rule = ""},
		fmt, args);
	va_end(args);
}

void tend_findings_add_rule(struct tend_findings *f, enum tend_severity severity, const char *rule,
	int line, int column, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	add_finding(f,
		(struct tend_finding){
			.severity = severity, .line = line, .column = column, .rule = rule},
		fmt, args);
	va_end(args);
}

void tend_findings_sort(struct tend_findings *f)
{
	for (size_t i = 1; i < f->n; i++) { /* insertion: few, nearly sorted, stable */
		struct tend_finding moved = f->items[i];
		size_t at = i;
		for (; at > 0; at--) {
			const struct tend_finding *before = &f->items[at - 1];
			if (before->line < moved.line
				|| (before->line == moved.line && before->column <= moved.column)) {
				break;
			}
			f->items[at] = *before;
		}
		f->items[at] = moved;
	}
}

void tend_findings_format(const struct tend_findings *f, struct tend_str *out)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct tend_finding *finding = &f->items[i];
		const char *severity = finding->severity == TEND_ERROR ? _("error") : _("warning");
		if (finding->line > 0) {
			tend_str_addf(out, "%s:%d:%d: %s: %s\n", f->file, finding->line,
				finding->column, severity, finding->text);
		} else {
			tend_str_addf(out, "%s: %s: %s\n", f->file, severity, finding->text);
		}
	}
}

/*
 * How many slips lie between two words (a character too much, missing, wrong, or two swapped), or `limit`
 * where it is at least that. Words are short (64 bytes).
 */
static size_t slips(const char *a, const char *b, size_t limit)
{
	enum { WORD_MAX = 64 };
	size_t rows[3][WORD_MAX + 1];
	size_t n = strlen(b);
	if (n > WORD_MAX || strlen(a) > WORD_MAX) {
		return limit;
	}
	for (size_t j = 0; j <= n; j++) {
		rows[0][j] = j;
	}
	size_t *before = rows[2], *above = rows[0], *row = rows[1];
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
			best = above[j] + 1 < best ? above[j] + 1 : best;
			best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			bool swapped =
				i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
			if (swapped && before[j - 2] + 1 < best) {
				best = before[j - 2] + 1;
			}
			row[j] = best;
		}
		size_t *oldest = before;
		before = above;
		above = row;
		row = oldest;
	}
	return above[n] < limit ? above[n] : limit;
}

const char *tend_nearest(const char *word, const char *const *candidates, size_t n)
{
	size_t length = strlen(word);
	/* one, two or three slips; a single character is near to nothing */
	size_t best = length <= 1 ? 1 : length <= 3 ? 2 : length <= 6 ? 3 : 4;
	const char *nearest = NULL;
	for (size_t i = 0; i < n; i++) {
		size_t distance = slips(word, candidates[i], best);
		if (distance < best) {
			best = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}
