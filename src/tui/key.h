/* SPDX-License-Identifier: MIT */
/* Keys: from the bytes of a terminal, and from and to the names that people write. */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tend/str.h>

/* Named keys lie beyond Unicode. */
enum key_code {
	K_ENTER = 0x110000,
	K_ESC,
	K_TAB,
	K_BACKSPACE,
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_F1, /* to K_F1 + 11 */
	K_LAST = K_F1 + 11,
};

enum key_mods { MOD_CTRL = 1, MOD_SHIFT = 2, MOD_PASTED = 4, MOD_ALT = 8 };

struct key {
	uint32_t code; /* a character or enum key_code */
	unsigned mods;
};

bool key_same(struct key a, struct key b);
/* "j", "Enter", "C-x", "S-Tab", "M-x" (Alt); false where it is none of one key. */
bool key_parse(const char *name, struct key *ret);
void key_name(struct key k, struct tend_str *out);
/* A character that can be typed into a text. */
bool key_is_text(struct key k);

/* Bytes to keys. A decoder of zeroes is ready to use. */
struct key_decoder {
	unsigned char bytes[64];
	size_t n;
	bool pasting;
};
/* Room for more bytes at the end of `bytes`. */
size_t key_decoder_room(const struct key_decoder *d);
void key_decoder_feed(struct key_decoder *d, const void *bytes, size_t n);
/* Takes the next key. With `rest` nothing more is coming: an ESC alone is the key. */
bool key_decoder_next(struct key_decoder *d, bool rest, struct key *ret);
/* True while the start of a sequence waits for its end. */
bool key_decoder_waits(const struct key_decoder *d);
/* How long to wait for it, in ms: `escape_ms` where it may be the key Esc, else long enough for a slow
 * line, since the rest of a torn sequence would be taken for commands. */
int key_decoder_patience(const struct key_decoder *d, int escape_ms);

#endif
