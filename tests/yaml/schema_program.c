/* SPDX-License-Identifier: MIT */
/*
 * Reads files that schemas.py sends, each as a line with its length and its bytes, and prints a line of JSON:
 * the errors that the reader found, each [RULE, TEXT], and the tree, in which a scalar is ["p", TEXT] (plain)
 * or ["q", TEXT], a list ["s", …], a mapping ["m", KEY, VALUE, …].
 *
 * usage: schema_program FOLDER-OF-BASES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/file.h>
#include <tend/str.h>
#include <tend/yaml.h>

#include "doc.h"

enum { FILE_MAX = 256 * 1024 };

static void add_string(struct tend_str *out, const char *text)
{
	tend_str_addc(out, '"');
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\' || *c < 0x20) {
			tend_str_addf(out, "\\u%04x", *c);
		} else {
			tend_str_addc(out, (char)*c);
		}
	}
	tend_str_addc(out, '"');
}

static void add_node(struct tend_str *out, const struct node *node)
{
	static const char *const marks[] = {
		[NODE_SCALAR] = "q", [NODE_SEQUENCE] = "s", [NODE_MAPPING] = "m"};
	bool plain = node->kind == NODE_SCALAR && node->plain;
	tend_str_addf(out, "[\"%s\"", plain ? "p" : marks[node->kind]);
	if (node->kind == NODE_SCALAR) {
		tend_str_addc(out, ',');
		add_string(out, node->text);
	}
	for (size_t i = 0; i < node->n; i++) {
		tend_str_addc(out, ',');
		add_node(out, node->items[i]);
	}
	tend_str_addc(out, ']');
}

/* FOLDER/KEY.yaml, whatever the version. */
static enum tend_status base(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	char *file = tend_format("%.*s.yaml", (int)strcspn(name, "@"), name);
	char *path = tend_path_join(ctx, file);
	enum tend_status status = tend_file_read(path, FILE_MAX, ret_text, err);
	free(path);
	free(file);
	return status;
}

static void answer(const char *text, size_t n, char *folder)
{
	struct tend_yaml_env env = {.ctx = folder, .base = base};
	struct tend_findings findings;
	struct tend_arena arena = {0};
	struct tend_str out = {0};
	const char *comma = "";
	tend_findings_init(&findings, "f");
	(void)tend_yaml_check(text, n, &env, &findings, NULL);
	tend_str_add(&out, "[[");
	for (size_t i = 0; i < findings.n; i++) {
		if (findings.items[i].severity == TEND_ERROR) {
			tend_str_addf(&out, "%s[\"%s\",", comma, findings.items[i].rule);
			add_string(&out, findings.items[i].text);
			tend_str_addc(&out, ']');
			comma = ",";
		}
	}
	tend_str_add(&out, "],");
	const struct node *root = doc_parse(text, n, &arena, &findings);
	if (root != NULL) {
		add_node(&out, root);
	} else {
		tend_str_add(&out, "null");
	}
	(void)printf("%s]\n", tend_str_text(&out));
	tend_str_finish(&out);
	tend_arena_finish(&arena);
	tend_findings_finish(&findings);
}

int main(int argc, char **argv)
{
	char *text = tend_alloc(FILE_MAX);
	size_t n;
	while (argc == 2 && scanf("%zu\n", &n) == 1 && n < FILE_MAX) {
		if (fread(text, 1, n, stdin) != n) {
			break;
		}
		answer(text, n, argv[1]);
	}
	free(text);
	return argc == 2 ? 0 : 2;
}
