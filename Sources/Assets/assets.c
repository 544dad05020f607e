// Every file under Migrations/ and Public/ stands here once; ArchitectureTests fails when one is missing.
#include "Assets.h"

static const unsigned char migrations_0001_books_sql[] = {
#embed "../../Migrations/0001_books.sql"
};

static const unsigned char migrations_0002_marketplace_sql[] = {
#embed "../../Migrations/0002_marketplace.sql"
};

static const unsigned char public_api_js[] = {
#embed "../../Public/api.js"
};

static const unsigned char public_claim_html[] = {
#embed "../../Public/claim.html"
};

static const unsigned char public_claim_js[] = {
#embed "../../Public/claim.js"
};

static const unsigned char public_docs_html[] = {
#embed "../../Public/docs.html"
};

static const unsigned char public_docs_js[] = {
#embed "../../Public/docs.js"
};

static const unsigned char public_dom_js[] = {
#embed "../../Public/dom.js"
};

static const unsigned char public_index_html[] = {
#embed "../../Public/index.html"
};

static const unsigned char public_index_js[] = {
#embed "../../Public/index.js"
};

static const unsigned char public_money_js[] = {
#embed "../../Public/money.js"
};

static const unsigned char public_receipt_js[] = {
#embed "../../Public/receipt.js"
};

static const unsigned char public_record_html[] = {
#embed "../../Public/record.html"
};

static const unsigned char public_record_js[] = {
#embed "../../Public/record.js"
};

static const unsigned char public_recorder_js[] = {
#embed "../../Public/recorder.js"
};

static const unsigned char public_style_css[] = {
#embed "../../Public/style.css"
};

static const unsigned char public_upload_js[] = {
#embed "../../Public/upload.js"
};

static const unsigned char public_wav_js[] = {
#embed "../../Public/wav.js"
};

static const unsigned char public_words_js[] = {
#embed "../../Public/words.js"
};

static const unsigned char public_worklet_js[] = {
#embed "../../Public/worklet.js"
};

#define ASSET(path, name) {path, name, sizeof name}

static const struct fairvoice_asset assets[] = {
    ASSET("Migrations/0001_books.sql", migrations_0001_books_sql),
    ASSET("Migrations/0002_marketplace.sql", migrations_0002_marketplace_sql),
    ASSET("Public/api.js", public_api_js),
    ASSET("Public/claim.html", public_claim_html),
    ASSET("Public/claim.js", public_claim_js),
    ASSET("Public/docs.html", public_docs_html),
    ASSET("Public/docs.js", public_docs_js),
    ASSET("Public/dom.js", public_dom_js),
    ASSET("Public/index.html", public_index_html),
    ASSET("Public/index.js", public_index_js),
    ASSET("Public/money.js", public_money_js),
    ASSET("Public/receipt.js", public_receipt_js),
    ASSET("Public/record.html", public_record_html),
    ASSET("Public/record.js", public_record_js),
    ASSET("Public/recorder.js", public_recorder_js),
    ASSET("Public/style.css", public_style_css),
    ASSET("Public/upload.js", public_upload_js),
    ASSET("Public/wav.js", public_wav_js),
    ASSET("Public/words.js", public_words_js),
    ASSET("Public/worklet.js", public_worklet_js),
};

size_t fairvoice_asset_count(void) { return sizeof assets / sizeof assets[0]; }

struct fairvoice_asset fairvoice_asset_at(size_t index) { return assets[index]; }
