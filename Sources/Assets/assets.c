// Every file under Migrations/ and Public/ stands here once; ArchitectureTests fails when one is missing.
#include "Assets.h"

static const unsigned char books_sql[] = {
#embed "../../Migrations/0001_books.sql"
};

static const unsigned char marketplace_sql[] = {
#embed "../../Migrations/0002_marketplace.sql"
};

#define ASSET(path, name) {path, name, sizeof name}

static const struct fairvoice_asset assets[] = {
    ASSET("Migrations/0001_books.sql", books_sql),
    ASSET("Migrations/0002_marketplace.sql", marketplace_sql),
};

size_t fairvoice_asset_count(void) { return sizeof assets / sizeof assets[0]; }

struct fairvoice_asset fairvoice_asset_at(size_t index) { return assets[index]; }
