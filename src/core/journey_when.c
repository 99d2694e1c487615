/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include <tend/journey.h>
#include <tend/str.h>
#include <tend/text.h>

enum { DAYS_A_YEAR_MAX = 366, SHOWN_COLUMNS = 40, OFFSET_DIGITS = 5 };
#define BLANKS " \t\r\n"

/* The text as messages show it: printable, not longer than a line takes. */
static const char *shown(struct tend_arena *arena, const char *text)
{
	struct tend_str printable = {0}, clipped = {0};
	(void)tend_printable(&printable, text, strlen(text));
	tend_clip(&clipped, tend_str_text(&printable), SHOWN_COLUMNS);
	const char *ret = tend_arena_strdup(arena, tend_str_text(&clipped));
	tend_str_finish(&printable);
	tend_str_finish(&clipped);
	return ret;
}

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

static bool is_key_end(char c)
{
	return c == '\0' || c == '+' || strchr(" \t\r\n", c) != NULL;
}

/* Where the anchor's word ends: at a blank, '+', or the '-' before the number of an offset. */
static const char *word_end(const char *word)
{
	const char *end = word;
	while (!is_key_end(*end)) {
		end++;
	}
	/* "a-3 days": digits up to the blank and a word after it belong to the offset. */
	const char *digits = end;
	while (digits > word && isdigit((unsigned char)digits[-1])) {
		digits--;
	}
	bool unit_follows = isalpha((unsigned char)*skip_blanks(end));
	if (digits > word && digits < end && digits[-1] == '-' && unit_follows) {
		return digits - 1;
	}
	/* "a- 3 days" */
	const char *next = skip_blanks(end);
	if (end > word && end[-1] == '-' && isdigit((unsigned char)*next)) {
		return end - 1;
	}
	return end;
}

static bool is_absolute_date(const char *s)
{
	size_t digits = strspn(s, "0123456789"), n = strlen(s);
	return digits > 0 && strspn(s, "0123456789-/.") == n && (digits < n || n > OFFSET_DIGITS);
}

/* The anchor: a bare word, or "stage." or "milestone." and a key. */
static enum tend_status parse_anchor(const char *word, size_t n, struct tend_arena *arena,
	struct tend_when *ret, struct tend_error *err)
{
	static const struct {
		const char *word;
		enum tend_anchor anchor;
		bool has_key;
	} anchors[] = {
		{"start", TEND_AT_START, false},
		{"renewal", TEND_AT_RENEWAL, false},
		{"stage.", TEND_AT_STAGE, true},
		{"milestone.", TEND_AT_MILESTONE, true},
	};
	for (size_t i = 0; i < sizeof(anchors) / sizeof(anchors[0]); i++) {
		size_t length = strlen(anchors[i].word);
		bool same = n >= length && strncmp(word, anchors[i].word, length) == 0;
		if (same && (anchors[i].has_key ? n > length : n == length)) {
			ret->anchor = anchors[i].anchor;
			ret->ref_key = anchors[i].has_key
				? tend_arena_strndup(arena, word + length, n - length)
				: NULL;
			return TEND_OK;
		}
	}
	static const char *const words[] = {"start", "renewal", "stage.KEY", "milestone.KEY"};
	const char *found = tend_arena_strndup(arena, word, n);
	if (is_absolute_date(found)) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("\"%s\" is an absolute date: count from start, renewal, stage.KEY or "
			  "milestone.KEY"),
			shown(arena, found));
	}
	const char *near = tend_nearest(found, words, 4);
	return tend_fail(err, TEND_BAD_INPUT,
		near != NULL ? _("unknown anchor \"%s\"; did you mean \"%s\"?")
			     : _("unknown anchor \"%s\": expected start, renewal, stage.KEY or "
				 "milestone.KEY"),
		shown(arena, found), near);
}

/* "6 weeks before renewal": how much stands first. */
static enum tend_status fail_order(
	const char *text, struct tend_arena *arena, struct tend_error *err)
{
	static const struct {
		const char *word;
		char sign;
	} directions[] = {{"before", '-'}, {"after", '+'}};
	enum { WORDS = 4 }; /* 6, weeks, before, renewal */
	const char *words[WORDS] = {"", "", "", ""};
	size_t n = 0;
	struct tend_when anchor;
	struct tend_error ignored;
	const char *rest = skip_blanks(text);
	for (; *rest != '\0' && n < WORDS; rest = skip_blanks(rest)) {
		size_t length = strcspn(rest, BLANKS);
		words[n++] = tend_arena_strndup(arena, rest, length);
		rest += length;
	}
	bool whole = n == WORDS && *rest == '\0'
		&& parse_anchor(words[3], strlen(words[3]), arena, &anchor, &ignored) == TEND_OK;
	for (size_t i = 0; whole && i < sizeof(directions) / sizeof(directions[0]); i++) {
		if (tend_same(words[2], directions[i].word)) {
			const char *meant = tend_arena_format(arena, "%s %c %s %s", words[3],
				directions[i].sign, words[0], words[1]);
			return tend_fail(err, TEND_BAD_INPUT, _("\"%s\" is written \"%s\""),
				shown(arena, text), shown(arena, meant));
		}
	}
	return tend_fail(err, TEND_BAD_INPUT,
		_("\"%s\": the anchor comes first, as in \"renewal - 6 weeks\""),
		shown(arena, text));
}

/* An offset without an anchor before it. */
static bool begins_with_number(const char *word)
{
	size_t digits = strspn(word, "0123456789");
	return digits > 0 && digits <= OFFSET_DIGITS && is_key_end(word[digits]);
}

static long long years_of(long long n, enum tend_unit unit)
{
	static const int per_year[] = {
		[TEND_DAY] = DAYS_A_YEAR_MAX,
		[TEND_WORKDAY] = 261,
		[TEND_WEEK] = 53,
		[TEND_MONTH] = 12,
		[TEND_QUARTER] = 4,
		[TEND_YEAR] = 1,
	};
	return (n + per_year[unit] - 1) / per_year[unit];
}

static enum tend_status unknown_unit(
	const char *word, struct tend_arena *arena, struct tend_error *err)
{
	static const char *const words[] = {"day", "days", "workday", "workdays", "week", "weeks",
		"month", "months", "quarter", "quarters", "year", "years"};
	enum { WORDS = sizeof(words) / sizeof(words[0]) };
	const char *near = tend_nearest(word, words, WORDS);
	enum tend_unit unit;
	if (near != NULL && !tend_unit_parse(word, &unit)) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("unknown unit \"%s\"; did you mean \"%s\"?"), shown(arena, word), near);
	}
	return tend_fail(err, TEND_BAD_INPUT,
		_("unknown unit \"%s\": days, workdays, weeks, months, quarters or years, in "
		  "words"),
		shown(arena, word));
}

/* "N UNIT" to the end of the text, after the sign. */
static enum tend_status parse_offset(
	const char *rest, struct tend_arena *arena, struct tend_when *ret, struct tend_error *err)
{
	const char *number = skip_blanks(rest);
	size_t digits = strspn(number, "0123456789");
	long long n = 0;
	const char *word = skip_blanks(number + digits);
	size_t letters = strcspn(word, " \t\r\n");
	const char *unit_word = tend_arena_strndup(arena, word, letters);
	enum tend_unit unit;
	if (digits == 0) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("after + or - comes a whole number and a unit, as in \"+ 3 months\""));
	}
	if (letters == 0) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("the number lacks its unit: days, workdays, weeks, months, quarters or "
			  "years"));
	}
	if (word == number + digits || !tend_unit_parse(unit_word, &unit)) {
		return unknown_unit(unit_word, arena, err);
	}
	if (*skip_blanks(word + letters) != '\0') {
		return tend_fail(err, TEND_BAD_INPUT,
			_("\"%s\" is too much: a date has one anchor and one offset"),
			shown(arena, skip_blanks(word + letters)));
	}
	if (!tend_parse_int(tend_arena_strndup(arena, number, digits), &n)
		|| n > TEND_OFFSET_YEARS_MAX * DAYS_A_YEAR_MAX
		|| years_of(n, unit) > TEND_OFFSET_YEARS_MAX) {
		return tend_fail(err, TEND_BAD_INPUT, _("the offset is over %d years"),
			TEND_OFFSET_YEARS_MAX);
	}
	ret->offset = (struct tend_duration){.n = ret->backwards ? -(int)n : (int)n, .unit = unit};
	ret->has_offset = true;
	return TEND_OK;
}

enum tend_status tend_when_parse(
	const char *text, struct tend_arena *arena, struct tend_when *ret, struct tend_error *err)
{
	struct tend_when when = {0};
	const char *word = skip_blanks(text);
	if (*word == '\0') {
		return tend_fail(err, TEND_BAD_INPUT,
			_("no date: expected start, renewal, stage.KEY or milestone.KEY"));
	}
	if (begins_with_number(word)) {
		return fail_order(word, arena, err);
	}
	const char *end = word_end(word);
	enum tend_status status = parse_anchor(word, (size_t)(end - word), arena, &when, err);
	if (status != TEND_OK) {
		return status;
	}
	const char *rest = skip_blanks(end);
	if (*rest == '+' || *rest == '-') {
		when.backwards = *rest == '-';
		status = parse_offset(rest + 1, arena, &when, err);
	} else if (*rest != '\0') {
		status = tend_fail(err, TEND_BAD_INPUT,
			_("\"%s\" is not expected here: + or - and an offset, or nothing"),
			shown(arena, rest));
	}
	if (status == TEND_OK) {
		*ret = when;
	}
	return status;
}

void tend_when_format(const struct tend_when *when, struct tend_str *out)
{
	static const char *const anchors[] = {
		[TEND_AT_START] = "start",
		[TEND_AT_RENEWAL] = "renewal",
		[TEND_AT_STAGE] = "stage.",
		[TEND_AT_MILESTONE] = "milestone.",
	};
	tend_str_add(out, anchors[when->anchor]);
	if (when->ref_key != NULL) {
		tend_str_add(out, when->ref_key);
	}
	if (when->has_offset) {
		int n = when->offset.n < 0 ? -when->offset.n : when->offset.n;
		tend_str_addf(out, " %c %d %s%s", when->backwards ? '-' : '+', n,
			tend_unit_name(when->offset.unit), n == 1 ? "" : "s");
	}
}
