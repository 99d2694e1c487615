/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tend/file.h>
#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>
#include <tend/text.h>

#include "path.h"

enum { MAX_NAME = 100 };

char *path_dir(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL) {
		return tend_strdup(".");
	}
	return slash == path ? tend_strdup("/") : tend_strndup(path, (size_t)(slash - path));
}

char *path_shown(const char *path)
{
	struct tend_str shown = {0};
	(void)tend_printable(&shown, path, strlen(path));
	return tend_str_steal(&shown);
}

static enum tend_status make_dir(const char *path, struct tend_error *err)
{
	if (mkdir(path, 0700) == 0) {
		return TEND_OK;
	}
	int why = errno;
	struct stat st;
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode)) {
			return TEND_OK;
		}
		why = ENOTDIR;
	}
	char *shown = path_shown(path);
	(void)tend_fail(
		err, TEND_FAILED, _("%s: the folder cannot be made: %s"), shown, strerror(why));
	free(shown);
	return TEND_FAILED;
}

enum tend_status tend_mkdirs(const char *path, struct tend_error *err)
{
	char *part = tend_strdup(path);
	enum tend_status status = TEND_OK;
	for (char *p = part; status == TEND_OK && *p != '\0'; p++) {
		if (*p == '/' && p != part && p[-1] != '/') {
			*p = '\0';
			status = make_dir(part, err);
			*p = '/';
		}
	}
	if (status == TEND_OK) {
		status = make_dir(part, err);
	}
	free(part);
	return status;
}

char *tend_path_join(const char *dir, const char *name)
{
	size_t n = strlen(dir);
	return tend_format("%s%s%s", dir, n > 0 && dir[n - 1] != '/' ? "/" : "", name);
}

static bool is_unsafe(uint32_t c)
{
	return strchr("/\\:*?\"<>|", (int)c) != NULL;
}

/* Each character that is unsafe in a name, on this system or on one that gets the file, to '_'. */
static void add_safely(struct tend_str *out, const char *s)
{
	for (size_t n = strlen(s); n > 0;) {
		uint32_t c;
		int length = tend_utf8_decode(s, n, &c);
		if (c < 0x80 && is_unsafe(c)) {
			tend_str_addc(out, '_');
		} else {
			tend_str_addn(out, s, (size_t)length);
		}
		s += length;
		n -= (size_t)length;
	}
}

static size_t without_trailing(const char *s, size_t n)
{
	static const char wide_blank[] = "\xE3\x80\x80";
	for (;;) {
		if (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '.')) {
			n--;
		} else if (n >= 3 && memcmp(s + n - 3, wide_blank, 3) == 0) {
			n -= 3;
		} else {
			return n;
		}
	}
}

static const char *skip_leading(const char *s)
{
	static const char wide_blank[] = "\xE3\x80\x80";
	for (;;) {
		s += strspn(s, " .-");
		if (!tend_starts_with(s, wide_blank)) {
			return s;
		}
		s += sizeof(wide_blank) - 1;
	}
}

/* The longest start of whole clusters that a name may have. */
static size_t fit_name(const char *s)
{
	size_t n = 0, length = strlen(s);
	while (n < length) {
		int columns;
		size_t more = tend_grapheme(s + n, length - n, &columns);
		if (n + more > MAX_NAME) {
			break;
		}
		n += more;
	}
	return n;
}

char *tend_safe_name(const char *text)
{
	struct tend_str printable = {0}, safe = {0};
	(void)tend_printable(&printable, text, strlen(text));
	add_safely(&safe, skip_leading(tend_str_text(&printable)));
	/* Once more: a mark that has lost its base must not lead. */
	tend_str_clear(&printable);
	(void)tend_printable(&printable, tend_str_text(&safe), safe.len);
	tend_str_clear(&safe);
	add_safely(&safe, tend_str_text(&printable));
	const char *s = tend_str_text(&safe);
	size_t n = without_trailing(s, fit_name(s));
	char *name = n > 0 ? tend_strndup(s, n) : tend_strdup("unnamed");
	tend_str_finish(&printable);
	tend_str_finish(&safe);
	return name;
}

/* $VARIABLE/tend, else $HOME/FALLBACK/tend. A relative $VARIABLE does not count (XDG). */
static char *own_dir(const char *variable, const char *fallback)
{
	const char *value = getenv(variable);
	if (value != NULL && value[0] == '/') {
		return tend_path_join(value, "tend");
	}
	const char *home = getenv("HOME");
	return tend_format("%s/%s/tend", home != NULL && home[0] != '\0' ? home : ".", fallback);
}

char *tend_config_dir(void)
{
	return own_dir("XDG_CONFIG_HOME", ".config");
}

char *tend_state_dir(void)
{
	return own_dir("XDG_STATE_HOME", ".local/state");
}

char *tend_data_dir(void)
{
	return own_dir("XDG_DATA_HOME", ".local/share");
}
