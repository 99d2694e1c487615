/* SPDX-License-Identifier: MIT */
/* Gives every file of a folder to a fuzzer's function: what was found once is not found again. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <tend/file.h>
#include <tend/mem.h>
#include <tend/str.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CASE_MAX = 4 * 1024 * 1024 };

static int replay(const char *dir, const char *name)
{
	struct tend_str text = {0};
	struct tend_error err;
	char *path = tend_path_join(dir, name);
	int failed = tend_file_read(path, CASE_MAX, &text, &err) != TEND_OK;
	if (failed) {
		(void)fprintf(stderr, "%s\n", err.text);
	} else {
		(void)LLVMFuzzerTestOneInput((const uint8_t *)tend_str_text(&text), text.len);
	}
	tend_str_finish(&text);
	free(path);
	return failed;
}

int main(int argc, char **argv)
{
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	if (dir == NULL) {
		(void)fprintf(stderr, "usage: replay FOLDER\n");
		return 2;
	}
	int cases = 0, failed = 0;
	for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] != '.') {
			failed += replay(argv[1], entry->d_name);
			cases++;
		}
	}
	(void)closedir(dir);
	(void)printf("%d cases\n", cases);
	return cases == 0 || failed > 0;
}
