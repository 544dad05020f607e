#pragma once
#include <stddef.h>

/// A file that is part of the program: a migration or a page. The bytes are compiled in, so that the program needs
/// nothing beside it but its data folder.
struct fairvoice_asset {
    /// Path inside the repository, such as "Migrations/0001_books.sql".
    const char *path;
    const unsigned char *bytes;
    size_t byte_count;
};

/// Number of assets.
size_t fairvoice_asset_count(void);

/// The asset at an index below `fairvoice_asset_count()`, in the order of the table.
struct fairvoice_asset fairvoice_asset_at(size_t index);
