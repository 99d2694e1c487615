/* SPDX-License-Identifier: MIT */
/*
 * A YAML file as a tree of nodes with places: the part of the layer that knows libyaml. What our files
 * may not have (aliases, anchors, tags, several documents, too much of anything) is found here.
 */
#ifndef DOC_H
#define DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <tend/error.h>
#include <tend/mem.h>

#define DOC_SIZE_MAX (64 * 1024)
/* Full-width signs that stand where YAML's own should. */
#define DOC_WIDE_COLON "\xEF\xBC\x9A"
#define DOC_WIDE_COMMA "\xEF\xBC\x8C"
#define DOC_DEPTH_MAX 16
#define DOC_EVENTS_MAX 20000
#define DOC_FINDINGS_MAX 500 /* after that many a file is given up */

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct node {
	enum node_kind kind;
	bool broken; /* stands for what was refused already: no more findings about it */
	int line, column; /* from 1; columns in characters */
	const char *text; /* scalars: no NUL inside */
	bool plain; /* scalars: without quotes or block */
	bool flow; /* mappings: in braces */
	int text_line, text_column; /* scalars: where the first character of the text stands */
	struct node **items; /* sequences: the items; mappings: key, value, key, value, … */
	size_t n, cap;
};

/* The root, in `arena`; NULL where the text cannot be read. Other findings leave a tree to check. */
struct node *doc_parse(
	const char *text, size_t n, struct tend_arena *arena, struct tend_findings *findings);

/* The first key and its value, read without the rest of the file; empty where there is none. */
struct doc_head {
	char *key, *value; /* the caller frees both */
	int line, column; /* of the value; 0 where there is none */
};
struct doc_head doc_head(const char *text, size_t n);

bool node_is_null(const struct node *node); /* nothing, `~` or `null`, without quotes */

#endif
