/* SPDX-License-Identifier: MIT */
/* The statements of a kind of records, made from its description; in the dialect of sql.h. */
#ifndef STORE_SQL_KIND_H
#define STORE_SQL_KIND_H

#include <tend/kind.h>

enum kind_sql {
	KIND_ALL, /* by the customer's key, then as the kind is ordered */
	KIND_OF, /* [customer id] */
	KIND_OPEN, /* [customer id]: those still to be looked after */
	KIND_ONE, /* [id] */
	KIND_CALLED, /* [key]; of kinds that have one */
	KIND_WORDS, /* [from customer id, to customer id]: all fields, by customer id */
	KIND_WORDS_SHARED, /* those of nobody; of kinds that may have them */
	KIND_INSERT, /* fields of a record; gives id */
	KIND_UPDATE,
	KIND_DELETE, /* [id] */
	KIND_SQL_COUNT
};
char *kind_sql(const struct tend_kind *k, enum kind_sql what); /* allocated */

#endif
