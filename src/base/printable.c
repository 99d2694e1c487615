/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <utf8proc.h>

#include <tend/str.h>
#include <tend/text.h>

enum {
	ZWJ = 0x200D,
	TEXT_SELECTOR = 0xFE0E,
	EMOJI_SELECTOR = 0xFE0F,
	KEYCAP = 0x20E3,
	IDEOGRAPHIC_SPACE = 0x3000,
	MAX_MARKS = 4, /* as many as a terminal's cell holds */
	MAX_JOINS = 8,
};

enum kind {
	VISIBLE,
	BLANK, /* becomes a blank */
	PICTURE, /* becomes the picture of a control character */
	HIDDEN, /* becomes its number */
	COMBINING, /* needs a base */
	JAMO, /* a vowel or final consonant, needs the one before */
	JOINER,
	SELECTOR,
};

/* What the text so far ends in; of the text as it is put out. */
struct context {
	uint32_t before; /* the last character; 0 at the start */
	bool emoji; /* it belongs to an emoji sequence */
	int marks, joins;
};

static int bound_class(uint32_t c)
{
	return (int)utf8proc_get_property((utf8proc_int32_t)c)->boundclass;
}

static bool is_pictograph(uint32_t c)
{
	return bound_class(c) == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(uint32_t c)
{
	return c >= 0x1F3FB && c <= 0x1F3FF;
}

/* Characters that draw nothing though their class says that they do. */
static bool draws_nothing(uint32_t c)
{
	static const uint32_t set[] = {0x2800, 0xFFFC, 0x16FE4, 0x1D159};
	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++) {
		if (set[i] == c) {
			return true;
		}
	}
	return false;
}

static enum kind kind_of_control(uint32_t c)
{
	if (c == '\n' || c == '\t') {
		return BLANK;
	}
	return c < 0x20 || c == 0x7F ? PICTURE : HIDDEN;
}

static enum kind kind_of(uint32_t c)
{
	if ((c >= 0x20 && c < 0x7F) || (c >= 0x4E00 && c <= 0x9FFF)) {
		return VISIBLE;
	}
	if (c == ZWJ) {
		return JOINER;
	}
	if (c == TEXT_SELECTOR || c == EMOJI_SELECTOR) {
		return SELECTOR;
	}
	const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
	if (property->ignorable || draws_nothing(c)) {
		return HIDDEN;
	}
	if (property->boundclass == UTF8PROC_BOUNDCLASS_V
		|| property->boundclass == UTF8PROC_BOUNDCLASS_T) {
		return JAMO;
	}
	switch (property->category) {
	case UTF8PROC_CATEGORY_CC:
		return kind_of_control(c);
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		return COMBINING;
	case UTF8PROC_CATEGORY_ZS:
		return c == IDEOGRAPHIC_SPACE ? VISIBLE : BLANK;
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return HIDDEN;
	default:
		return VISIBLE;
	}
}

static bool follows_in_syllable(uint32_t before, uint32_t c)
{
	int first = bound_class(before);
	if (bound_class(c) == UTF8PROC_BOUNDCLASS_V) {
		return first == UTF8PROC_BOUNDCLASS_L || first == UTF8PROC_BOUNDCLASS_V
			|| first == UTF8PROC_BOUNDCLASS_LV;
	}
	return first == UTF8PROC_BOUNDCLASS_V || first == UTF8PROC_BOUNDCLASS_T
		|| first == UTF8PROC_BOUNDCLASS_LV || first == UTF8PROC_BOUNDCLASS_LVT;
}

static bool joiner_stays(const struct context *context, uint32_t next)
{
	return context->emoji && context->joins < MAX_JOINS && is_pictograph(next)
		&& (is_pictograph(context->before) || context->before == EMOJI_SELECTOR
			|| context->before == TEXT_SELECTOR || is_skin_tone(context->before));
}

static bool selector_stays(const struct context *context, uint32_t next)
{
	uint32_t before = context->before;
	bool key = (before >= '0' && before <= '9') || before == '#' || before == '*';
	return is_pictograph(before) || (key && next == KEYCAP);
}

/* True where `c` may stand as it is after what came before. */
static bool stays(const struct context *context, enum kind kind, uint32_t c, uint32_t next)
{
	switch (kind) {
	case VISIBLE:
		return true;
	case COMBINING:
		return context->before != 0 && context->marks < MAX_MARKS;
	case JAMO:
		return context->marks < MAX_MARKS && follows_in_syllable(context->before, c);
	case JOINER:
		return joiner_stays(context, next);
	case SELECTOR:
		return selector_stays(context, next);
	default:
		return false;
	}
}

static void advance(struct context *context, enum kind kind, uint32_t c)
{
	if (kind == VISIBLE) {
		bool joined = context->before == ZWJ;
		bool toned = context->emoji && is_skin_tone(c);
		if (!toned) {
			context->emoji = is_pictograph(c);
			context->marks = 0;
			context->joins = joined ? context->joins : 0;
		}
	} else if (kind == JOINER) {
		context->joins++;
	} else {
		context->marks += kind == COMBINING || kind == JAMO;
	}
	context->before = c;
}

static void add_text(struct tend_str *out, struct context *context, const char *text)
{
	if (out != NULL) {
		tend_str_add(out, text);
	}
	*context = (struct context){.before = (unsigned char)text[strlen(text) - 1]};
}

static void add_replacement(
	struct tend_str *out, struct context *context, enum kind kind, uint32_t c)
{
	if (kind == BLANK) {
		add_text(out, context, " ");
	} else if (kind == PICTURE) {
		char picture[5] = {0};
		(void)tend_utf8_encode(c == 0x7F ? 0x2421 : 0x2400 + c, picture);
		add_text(out, context, picture);
	} else if (kind != COMBINING || context->before == 0) {
		struct tend_str number = {0};
		tend_str_addf(&number, "<U+%04X>", (unsigned)c);
		add_text(out, context, tend_str_text(&number));
		tend_str_finish(&number);
	} /* else a mark too many goes */
}

static size_t plain_run(const char *s, size_t n)
{
	size_t i = 0;
	while (i < n && s[i] >= 0x20 && s[i] < 0x7F) {
		i++;
	}
	return i;
}

/* One character or invalid byte at `s`; returns its length, and adds to `changes`. */
static size_t take(struct tend_str *out, struct context *context, const char *s, size_t n,
	bool lines, size_t *changes)
{
	uint32_t c, next = 0;
	int length = tend_utf8_decode(s, n, &c);
	if (length < 0) {
		add_text(out, context, "\xEF\xBF\xBD");
		++*changes;
		return 1;
	}
	if (n > 1 && c == '\r' && s[1] == '\n' && !lines) {
		add_text(out, context, " ");
		++*changes;
		return 2;
	}
	if (lines && (c == '\n' || (n > 1 && c == '\r' && s[1] == '\n'))) {
		add_text(out, context, c == '\n' ? "\n" : "\r\n");
		context->before = 0;
		return c == '\n' ? 1 : 2;
	}
	(void)tend_utf8_decode(s + length, n - (size_t)length, &next);
	enum kind kind = kind_of(c);
	if (!stays(context, kind, c, next)) {
		add_replacement(out, context, kind, c);
		++*changes;
		return (size_t)length;
	}
	if (out != NULL) {
		tend_str_addn(out, s, (size_t)length);
	}
	advance(context, kind, c);
	return (size_t)length;
}

/* With `out` NULL it only counts, and only to the first change. */
static size_t make_printable(struct tend_str *out, const char *s, size_t n, bool lines)
{
	struct context context = {0};
	size_t changes = 0;
	for (size_t at = 0; at < n && (out != NULL || changes == 0);) {
		size_t run = plain_run(s + at, n - at);
		if (run > 0) {
			if (out != NULL) {
				tend_str_addn(out, s + at, run);
			}
			context = (struct context){.before = (unsigned char)s[at + run - 1]};
			at += run;
		} else {
			at += take(out, &context, s + at, n - at, lines, &changes);
		}
	}
	return changes;
}

size_t tend_printable(struct tend_str *out, const char *s, size_t n)
{
	return make_printable(out, s, n, false);
}

size_t tend_printable_lines(struct tend_str *out, const char *s, size_t n)
{
	return make_printable(out, s, n, true);
}

bool tend_is_printable(const char *s, size_t n)
{
	return make_printable(NULL, s, n, false) == 0;
}
