/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include <tend/mem.h>
#include <tend/str.h>
#include <tend/text.h>

/* What characters look like in common fonts, sorted by their numbers. */
static const struct look {
	uint32_t c;
	const char *looks;
} looks[] = {{0x30, "O"}, {0x31, "l"}, {0x49, "l"}, {0x60, "'"}, {0x6D, "rn"}, {0x7C, "l"},
	{0xB4, "'"}, {0xD7, "x"}, {0x131, "i"}, {0x185, "b"}, {0x1C0, "l"}, {0x251, "a"},
	{0x261, "g"}, {0x269, "i"}, {0x2B9, "'"}, {0x2BB, "'"}, {0x2BC, "'"}, {0x2D0, ":"},
	{0x391, "A"}, {0x392, "B"}, {0x395, "E"}, {0x396, "Z"}, {0x397, "H"}, {0x399, "l"},
	{0x39A, "K"}, {0x39C, "M"}, {0x39D, "N"}, {0x39F, "O"}, {0x3A1, "P"}, {0x3A4, "T"},
	{0x3A5, "Y"}, {0x3A7, "X"}, {0x3B1, "a"}, {0x3B3, "y"}, {0x3B9, "i"}, {0x3BA, "k"},
	{0x3BD, "v"}, {0x3BF, "o"}, {0x3C1, "p"}, {0x3C3, "o"}, {0x3C5, "u"}, {0x3DC, "F"},
	{0x3F2, "c"}, {0x3F3, "j"}, {0x3F9, "C"}, {0x405, "S"}, {0x406, "l"}, {0x408, "J"},
	{0x410, "A"}, {0x412, "B"}, {0x415, "E"}, {0x41A, "K"}, {0x41C, "M"}, {0x41D, "H"},
	{0x41E, "O"}, {0x420, "P"}, {0x421, "C"}, {0x422, "T"}, {0x423, "Y"}, {0x425, "X"},
	{0x42C, "b"}, {0x430, "a"}, {0x433, "r"}, {0x435, "e"}, {0x43A, "k"}, {0x43E, "o"},
	{0x43F, "n"}, {0x440, "p"}, {0x441, "c"}, {0x443, "y"}, {0x445, "x"}, {0x455, "s"},
	{0x456, "i"}, {0x458, "j"}, {0x474, "V"}, {0x475, "v"}, {0x4AE, "Y"}, {0x4AF, "y"},
	{0x4BB, "h"}, {0x4BD, "e"}, {0x4C0, "l"}, {0x501, "d"}, {0x50C, "G"}, {0x51A, "Q"},
	{0x51B, "q"}, {0x51C, "W"}, {0x51D, "w"}, {0x53C, "L"}, {0x54D, "U"}, {0x54F, "S"},
	{0x555, "O"}, {0x566, "q"}, {0x570, "h"}, {0x575, "j"}, {0x578, "n"}, {0x57D, "u"},
	{0x581, "g"}, {0x585, "o"}, {0x589, ":"}, {0x5D5, "l"}, {0x66B, ","}, {0x6D4, "."},
	{0x966, "o"}, {0x9E6, "o"}, {0xD20, "o"}, {0xE50, "o"}, {0x13A0, "D"}, {0x13A1, "R"},
	{0x13A2, "T"}, {0x13AA, "A"}, {0x13AB, "J"}, {0x13AC, "E"}, {0x13B3, "W"}, {0x13B7, "M"},
	{0x13BB, "H"}, {0x13C0, "G"}, {0x13C3, "Z"}, {0x13CF, "b"}, {0x13D2, "R"}, {0x13D9, "V"},
	{0x13DA, "S"}, {0x13DE, "L"}, {0x13DF, "C"}, {0x13E2, "P"}, {0x13E6, "K"}, {0x13F4, "B"},
	{0x1D04, "c"}, {0x1D0F, "o"}, {0x1D1C, "u"}, {0x1D20, "v"}, {0x1D21, "w"}, {0x1D22, "z"},
	{0x1D26, "r"}, {0x1E9D, "f"}, {0x1EFF, "y"}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"},
	{0x2013, "-"}, {0x2014, "-"}, {0x2015, "-"}, {0x2018, "'"}, {0x2019, "'"}, {0x201A, ","},
	{0x201C, "\""}, {0x201D, "\""}, {0x2022, "·"}, {0x2024, "."}, {0x2027, "·"}, {0x2032, "'"},
	{0x2033, "\""}, {0x2044, "/"}, {0x2113, "l"}, {0x212E, "e"}, {0x2179, "x"}, {0x217D, "c"},
	{0x2212, "-"}, {0x2215, "/"}, {0x2219, "·"}, {0x2223, "l"}, {0x2236, ":"}, {0x22C5, "·"},
	{0x2374, "p"}, {0x237A, "a"}, {0x2571, "/"}, {0x25CB, "O"}, {0x25EF, "O"}, {0x2758, "l"},
	{0x2E3A, "-"}, {0x3007, "O"}, {0x30A8, "工"}, {0x30AB, "力"}, {0x30BF, "夕"},
	{0x30C8, "卜"}, {0x30CB, "二"}, {0x30CF, "八"}, {0x30D8, "へ"}, {0x30EA, "り"},
	{0x30ED, "口"}, {0x30FB, "·"}, {0x30FC, "-"}, {0x4E00, "-"}, {0x4E28, "l"}, {0x56D7, "口"},
	{0x66F0, "日"}, {0xA4D0, "B"}, {0xA4D1, "P"}, {0xA4D2, "d"}, {0xA4D3, "D"}, {0xA4D4, "T"},
	{0xA4D6, "G"}, {0xA4D7, "K"}, {0xA4D9, "J"}, {0xA4DA, "C"}, {0xA4DC, "Z"}, {0xA4DD, "F"},
	{0xA4DF, "M"}, {0xA4E0, "N"}, {0xA4E1, "L"}, {0xA4E2, "S"}, {0xA4E3, "R"}, {0xA4E6, "V"},
	{0xA4E7, "H"}, {0xA4EA, "W"}, {0xA4EB, "X"}, {0xA4EC, "Y"}, {0xA4EE, "A"}, {0xA4F0, "E"},
	{0xA4F2, "l"}, {0xA4F3, "O"}, {0xA4F4, "U"}, {0xA4FD, ":"}, {0xA731, "s"}, {0xA799, "f"},
	{0xFE58, "-"}};

/* What the character looks like, or NULL where it looks like itself alone. */
static const char *find_look(uint32_t c)
{
	size_t low = 0, high = sizeof(looks) / sizeof(looks[0]);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (looks[middle].c == c) {
			return looks[middle].looks;
		}
		if (looks[middle].c < c) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

/* One form for what Unicode itself calls compatible; NULL where the text is not valid. */
static char *compatible(const char *s)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &mapped,
		(utf8proc_option_t)(UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE
			| UTF8PROC_COMPAT | UTF8PROC_IGNORE));
	if (n < 0) {
		free(mapped);
		return NULL;
	}
	char *ret = tend_strndup((const char *)mapped, (size_t)n);
	free(mapped);
	return ret;
}

static char *with_looks(const char *s)
{
	struct tend_str out = {0};
	size_t left = strlen(s);
	while (left > 0) {
		uint32_t c = 0;
		int length = tend_utf8_decode(s, left, &c);
		size_t n = length > 0 ? (size_t)length : 1;
		const char *twin = find_look(c);
		bool blank = *s == ' ';
		if (twin != NULL) {
			tend_str_add(&out, twin);
		} else if (!blank || (out.len > 0 && out.data[out.len - 1] != ' ')) {
			tend_str_addn(&out, s, n);
		}
		s += n;
		left -= n;
	}
	if (out.len > 0 && out.data[out.len - 1] == ' ') {
		out.data[--out.len] = '\0';
	}
	return tend_str_steal(&out);
}

char *tend_skeleton(const char *s)
{
	char *form = compatible(s);
	char *shape = with_looks(form != NULL ? form : s);
	char *skeleton = tend_fold(shape);
	free(form);
	free(shape);
	return skeleton;
}
