/* SPDX-License-Identifier: MIT */
#include "key.h"

#include <assert.h>
#include <string.h>

#include <tend/text.h>

enum { SEQUENCE_MS = 500 };

static const struct {
	const char *name;
	uint32_t code;
} names[] = {
	/* The first name of a code is the one that is printed. */
	{"Enter", K_ENTER},
	{"Esc", K_ESC},
	{"Tab", K_TAB},
	{"Space", ' '},
	{"Backspace", K_BACKSPACE},
	{"BS", K_BACKSPACE},
	{"Delete", K_DELETE},
	{"Del", K_DELETE},
	{"Insert", K_INSERT},
	{"Ins", K_INSERT},
	{"Up", K_UP},
	{"Down", K_DOWN},
	{"Left", K_LEFT},
	{"Right", K_RIGHT},
	{"Home", K_HOME},
	{"End", K_END},
	{"PgUp", K_PAGE_UP},
	{"PgDn", K_PAGE_DOWN},
	{"Comma", ','},
	{"F1", K_F1},
	{"F2", K_F1 + 1},
	{"F3", K_F1 + 2},
	{"F4", K_F1 + 3},
	{"F5", K_F1 + 4},
	{"F6", K_F1 + 5},
	{"F7", K_F1 + 6},
	{"F8", K_F1 + 7},
	{"F9", K_F1 + 8},
	{"F10", K_F1 + 9},
	{"F11", K_F1 + 10},
	{"F12", K_F1 + 11},
};

bool key_same(struct key a, struct key b)
{
	return a.code == b.code
		&& (a.mods & ~(unsigned)MOD_PASTED) == (b.mods & ~(unsigned)MOD_PASTED);
}

bool key_is_text(struct key k)
{
	return k.code >= ' ' && k.code != 0x7F && k.code < K_ENTER
		&& (k.mods & (MOD_CTRL | MOD_ALT)) == 0;
}

static bool parse_plain(const char *name, uint32_t *ret)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i].name, name) == 0) {
			*ret = names[i].code;
			return true;
		}
	}
	size_t n = strlen(name);
	return n > 0 && tend_utf8_decode(name, n, ret) == (int)n && *ret > ' ' && *ret != 0x7F;
}

bool key_parse(const char *name, struct key *ret)
{
	struct key k = {0, 0};
	if (parse_plain(name, &k.code)) {
		*ret = k;
		return true;
	}
	if (strncmp(name, "C-", 2) == 0 && parse_plain(name + 2, &k.code)) {
		k.mods = MOD_CTRL;
		if (k.code >= 'A' && k.code <= 'Z') {
			k.code += 'a' - 'A';
		}
		/* What a terminal cannot tell apart is the same key here too. */
		if (k.code == 'i' || k.code == 'm' || k.code == '[') {
			k = (struct key){k.code == 'i'  ? K_TAB
					: k.code == 'm' ? K_ENTER
							: K_ESC,
				0};
		}
	} else if (strncmp(name, "S-", 2) == 0 && parse_plain(name + 2, &k.code)
		&& k.code >= K_ENTER) {
		k.mods = MOD_SHIFT;
	} else if (strncmp(name, "M-", 2) == 0 && key_parse(name + 2, &k)
		&& (k.mods & MOD_ALT) == 0) {
		k.mods |= MOD_ALT;
	} else {
		return false;
	}
	*ret = k;
	return true;
}

void key_name(struct key k, struct tend_str *out)
{
	if ((k.mods & MOD_ALT) != 0) {
		tend_str_add(out, "M-");
	}
	if ((k.mods & MOD_CTRL) != 0) {
		tend_str_add(out, "C-");
	}
	if ((k.mods & MOD_SHIFT) != 0) {
		tend_str_add(out, "S-");
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].code == k.code && k.code != ',') {
			tend_str_add(out, names[i].name);
			return;
		}
	}
	char buf[4];
	tend_str_addn(out, buf, (size_t)tend_utf8_encode(k.code, buf));
}

size_t key_decoder_room(const struct key_decoder *d)
{
	return sizeof(d->bytes) - d->n;
}

void key_decoder_feed(struct key_decoder *d, const void *bytes, size_t n)
{
	assert(n <= key_decoder_room(d));
	memcpy(d->bytes + d->n, bytes, n);
	d->n += n;
}

static void drop(struct key_decoder *d, size_t n)
{
	memmove(d->bytes, d->bytes + n, d->n - n);
	d->n -= n;
}

static struct key control(unsigned char b)
{
	switch (b) {
	case '\r':
	case '\n':
		return (struct key){K_ENTER, 0};
	case '\t':
		return (struct key){K_TAB, 0};
	case 0x7F:
	case 0x08:
		return (struct key){K_BACKSPACE, 0};
	case 0x1B:
		return (struct key){K_ESC, 0};
	case 0:
		return (struct key){' ', MOD_CTRL};
	default:
		return (struct key){
			b < 27 ? (uint32_t)(b - 1 + 'a') : (uint32_t)(b + '@'), MOD_CTRL};
	}
}

/* The final byte of CSI and SS3 sequences. */
static uint32_t final_code(unsigned char b)
{
	static const char finals[] = "ABCDHFPQRSZM";
	static const uint32_t codes[] = {K_UP, K_DOWN, K_RIGHT, K_LEFT, K_HOME, K_END, K_F1,
		K_F1 + 1, K_F1 + 2, K_F1 + 3, K_TAB, K_ENTER};
	const char *at = b != '\0' ? strchr(finals, b) : NULL;
	return at != NULL ? codes[at - finals] : 0;
}

/* The number before '~'. */
static uint32_t tilde_code(int n)
{
	static const uint32_t codes[] = {[1] = K_HOME,
		K_INSERT,
		K_DELETE,
		K_END,
		K_PAGE_UP,
		K_PAGE_DOWN,
		K_HOME,
		K_END,
		[11] = K_F1,
		K_F1 + 1,
		K_F1 + 2,
		K_F1 + 3,
		K_F1 + 4,
		[17] = K_F1 + 5,
		K_F1 + 6,
		K_F1 + 7,
		K_F1 + 8,
		K_F1 + 9,
		[23] = K_F1 + 10,
		K_F1 + 11};
	return n > 0 && n < (int)(sizeof(codes) / sizeof(codes[0])) ? codes[n] : 0;
}

/*
 * "ESC [ params final": false while it is not complete. A sequence that names no key gives code 0 and
 * is swallowed.
 */
static bool csi(struct key_decoder *d, struct key *ret)
{
	size_t at = 2;
	int params[2] = {0, 0}, np = 0;
	while (at < d->n && d->bytes[at] >= 0x20 && d->bytes[at] < 0x40) {
		unsigned char b = d->bytes[at];
		if (b >= '0' && b <= '9' && np < 2 && params[np] < 1000) {
			params[np] = params[np] * 10 + (b - '0');
		} else if (b == ';') {
			np++;
		}
		at++;
	}
	if (at >= d->n) {
		return at >= sizeof(d->bytes) ? (drop(d, d->n), *ret = (struct key){0, 0}, true)
					      : false;
	}
	unsigned char final = d->bytes[at];
	*ret = (struct key){0, 0};
	if (final == '~' && params[0] >= 200) {
		d->pasting = params[0] == 200 ? true : params[0] == 201 ? false : d->pasting;
	} else if (!d->pasting) {
		ret->code = final == '~' ? tilde_code(params[0]) : final_code(final);
		int mod = params[1] > 0 ? params[1] - 1 : 0;
		ret->mods = ((mod & 1) != 0 || final == 'Z' ? MOD_SHIFT : 0u)
			| ((mod & 2) != 0 ? MOD_ALT : 0u) | ((mod & 4) != 0 ? MOD_CTRL : 0u);
	}
	drop(d, at + 1);
	return true;
}

static bool next_raw(struct key_decoder *d, bool rest, struct key *ret);

/* ESC and a key in one go: that key with Alt. */
static bool alt(struct key_decoder *d, bool rest, struct key *ret)
{
	struct key_decoder after = *d;
	drop(&after, 1);
	if (!next_raw(&after, rest, ret)) {
		return false;
	}
	ret->mods |= MOD_ALT;
	*d = after;
	return true;
}

/* False while more bytes are needed. */
static bool escape(struct key_decoder *d, bool rest, struct key *ret)
{
	if (d->n >= 2 && d->bytes[1] == '[' && (d->n >= 3 || !rest)) {
		if (csi(d, ret)) {
			return true;
		}
	} else if (d->n >= 2 && d->bytes[1] == 'O' && (d->n >= 3 || !rest)) {
		if (d->n >= 3) {
			*ret = (struct key){final_code(d->bytes[2]), 0};
			drop(d, 3);
			return true;
		}
	} else if (d->n >= 2 && d->bytes[1] != 0x1B && !d->pasting) {
		return alt(d, rest, ret);
	} else if (d->n >= 2) {
		*ret = (struct key){K_ESC, 0};
		drop(d, 1);
		return true;
	}
	if (rest) {
		*ret = (struct key){K_ESC, 0};
		drop(d, 1);
		d->pasting = false; /* the way out of a paste whose end was lost */
	}
	return rest;
}

static bool next_raw(struct key_decoder *d, bool rest, struct key *ret)
{
	unsigned char b = d->bytes[0];
	if (b == 0x1B) {
		return escape(d, rest, ret);
	}
	if (b < 0x20 || b == 0x7F) {
		*ret = control(b);
		drop(d, 1);
		return true;
	}
	size_t want = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
	if (d->n < want && !rest) {
		return false;
	}
	uint32_t c;
	int len = tend_utf8_decode((const char *)d->bytes, d->n < want ? d->n : want, &c);
	*ret = (struct key){len > 0 ? c : 0xFFFD, 0};
	drop(d, len > 0 ? (size_t)len : 1);
	return true;
}

bool key_decoder_next(struct key_decoder *d, bool rest, struct key *ret)
{
	while (d->n > 0) {
		if (!next_raw(d, rest, ret)) {
			return false;
		}
		if (ret->code != 0) {
			ret->mods |= d->pasting ? MOD_PASTED : 0u;
			return true;
		}
	}
	return false;
}

bool key_decoder_waits(const struct key_decoder *d)
{
	return d->n > 0;
}

int key_decoder_patience(const struct key_decoder *d, int escape_ms)
{
	bool alone = d->n == 1 && d->bytes[0] == 0x1B && !d->pasting;
	return alone || escape_ms > SEQUENCE_MS ? escape_ms : SEQUENCE_MS;
}
