/* SPDX-License-Identifier: MIT */
/*
 * Writes the journal: SQLite tells of each row that a statement is about to write, also of those that go along with
 * another one, and what it was. The changes are gathered, and written between statements: a trigger runs within the
 * statement, which then needs a way back of its own for each row, and is made from text by each connection.
 *
 * A row of the journal has the images of the row that changed: of an update the columns that differ, and those that
 * name the record; of a removal all that is not NULL; of an insert none, as the row is there.
 */
#ifndef STORE_RECORDER_H
#define STORE_RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

struct recorder;

/* From here on the connection tells of its changes. */
struct recorder *recorder_create(sqlite3 *handle);
void recorder_destroy(struct recorder *r); /* before the connection is closed; NULL is fine */
/* Records what follows in the tables of db_table_at under an entry of the journal; 0: records nothing, and forgets
 * what was gathered. */
void recorder_follow(struct recorder *r, int64_t entry);
/* How much was gathered: what came since then can be forgotten, as where the statement failed. */
size_t recorder_mark(const struct recorder *r);
void recorder_forget(struct recorder *r, size_t mark);
/* Whether so much was gathered that it had better be written. */
bool recorder_is_full(const struct recorder *r);
/* Writes what was gathered, within the transaction that it belongs to. Gives a code of SQLite. */
int recorder_write(struct recorder *r);

#endif
