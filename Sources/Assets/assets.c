// Every file under Migrations/, Models/ and Public/ stands here once; ArchitectureTests fails when one is missing.
#include "Assets.h"

static const unsigned char migrations_0001_books_sql[] = {
#embed "../../Migrations/0001_books.sql"
};

static const unsigned char migrations_0002_marketplace_sql[] = {
#embed "../../Migrations/0002_marketplace.sql"
};

static const unsigned char migrations_0003_log_sql[] = {
#embed "../../Migrations/0003_log.sql"
};

static const unsigned char migrations_0004_pay_rules_sql[] = {
#embed "../../Migrations/0004_pay_rules.sql"
};

static const unsigned char migrations_0005_reviews_sql[] = {
#embed "../../Migrations/0005_reviews.sql"
};

static const unsigned char migrations_0006_payouts_sql[] = {
#embed "../../Migrations/0006_payouts.sql"
};

static const unsigned char migrations_0007_statements_sql[] = {
#embed "../../Migrations/0007_statements.sql"
};

static const unsigned char migrations_0008_uploads_sql[] = {
#embed "../../Migrations/0008_uploads.sql"
};

static const unsigned char migrations_0009_reanalyses_sql[] = {
#embed "../../Migrations/0009_reanalyses.sql"
};

static const unsigned char migrations_0010_prints_sql[] = {
#embed "../../Migrations/0010_prints.sql"
};

static const unsigned char migrations_0011_retries_sql[] = {
#embed "../../Migrations/0011_retries.sql"
};

static const unsigned char migrations_0012_uploads_without_quote_sql[] = {
#embed "../../Migrations/0012_uploads_without_quote.sql"
};

static const unsigned char migrations_0013_exact_duplicates_sql[] = {
#embed "../../Migrations/0013_exact_duplicates.sql"
};

static const unsigned char models_default_json[] = {
#embed "../../Models/default.json"
};

static const unsigned char public_account_js[] = {
#embed "../../Public/account.js"
};

static const unsigned char public_api_js[] = {
#embed "../../Public/api.js"
};

static const unsigned char public_appeal_js[] = {
#embed "../../Public/appeal.js"
};

static const unsigned char public_balance_js[] = {
#embed "../../Public/balance.js"
};

static const unsigned char public_board_js[] = {
#embed "../../Public/board.js"
};

static const unsigned char public_claim_html[] = {
#embed "../../Public/claim.html"
};

static const unsigned char public_claim_js[] = {
#embed "../../Public/claim.js"
};

static const unsigned char public_consent_js[] = {
#embed "../../Public/consent.js"
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

static const unsigned char public_estimator_js[] = {
#embed "../../Public/estimator.js"
};

static const unsigned char public_icon_svg[] = {
#embed "../../Public/icon.svg"
};

static const unsigned char public_index_html[] = {
#embed "../../Public/index.html"
};

static const unsigned char public_index_js[] = {
#embed "../../Public/index.js"
};

static const unsigned char public_language_field_js[] = {
#embed "../../Public/language-field.js"
};

static const unsigned char public_level_js[] = {
#embed "../../Public/level.js"
};

static const unsigned char public_measures_js[] = {
#embed "../../Public/measures.js"
};

static const unsigned char public_model_card_html[] = {
#embed "../../Public/model-card.html"
};

static const unsigned char public_money_js[] = {
#embed "../../Public/money.js"
};

static const unsigned char public_offer_js[] = {
#embed "../../Public/offer.js"
};

static const unsigned char public_operation_js[] = {
#embed "../../Public/operation.js"
};

static const unsigned char public_price_lines_js[] = {
#embed "../../Public/price-lines.js"
};

static const unsigned char public_problem_js[] = {
#embed "../../Public/problem.js"
};

static const unsigned char public_progress_js[] = {
#embed "../../Public/progress.js"
};

static const unsigned char public_quote_js[] = {
#embed "../../Public/quote.js"
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

static const unsigned char public_review_html[] = {
#embed "../../Public/review.html"
};

static const unsigned char public_review_js[] = {
#embed "../../Public/review.js"
};

static const unsigned char public_schema_js[] = {
#embed "../../Public/schema.js"
};

static const unsigned char public_secret_js[] = {
#embed "../../Public/secret.js"
};

static const unsigned char public_steps_js[] = {
#embed "../../Public/steps.js"
};

static const unsigned char public_studio_js[] = {
#embed "../../Public/studio.js"
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

static const unsigned char public_work_js[] = {
#embed "../../Public/work.js"
};

static const unsigned char public_worklet_js[] = {
#embed "../../Public/worklet.js"
};

#define ASSET(path, name) {path, name, sizeof name}

static const struct fairvoice_asset assets[] = {
    ASSET("Migrations/0001_books.sql", migrations_0001_books_sql),
    ASSET("Migrations/0002_marketplace.sql", migrations_0002_marketplace_sql),
    ASSET("Migrations/0003_log.sql", migrations_0003_log_sql),
    ASSET("Migrations/0004_pay_rules.sql", migrations_0004_pay_rules_sql),
    ASSET("Migrations/0005_reviews.sql", migrations_0005_reviews_sql),
    ASSET("Migrations/0006_payouts.sql", migrations_0006_payouts_sql),
    ASSET("Migrations/0007_statements.sql", migrations_0007_statements_sql),
    ASSET("Migrations/0008_uploads.sql", migrations_0008_uploads_sql),
    ASSET("Migrations/0009_reanalyses.sql", migrations_0009_reanalyses_sql),
    ASSET("Migrations/0010_prints.sql", migrations_0010_prints_sql),
    ASSET("Migrations/0011_retries.sql", migrations_0011_retries_sql),
    ASSET("Migrations/0012_uploads_without_quote.sql", migrations_0012_uploads_without_quote_sql),
    ASSET("Migrations/0013_exact_duplicates.sql", migrations_0013_exact_duplicates_sql),
    ASSET("Models/default.json", models_default_json),
    ASSET("Public/account.js", public_account_js),
    ASSET("Public/api.js", public_api_js),
    ASSET("Public/appeal.js", public_appeal_js),
    ASSET("Public/balance.js", public_balance_js),
    ASSET("Public/board.js", public_board_js),
    ASSET("Public/claim.html", public_claim_html),
    ASSET("Public/claim.js", public_claim_js),
    ASSET("Public/consent.js", public_consent_js),
    ASSET("Public/docs.html", public_docs_html),
    ASSET("Public/docs.js", public_docs_js),
    ASSET("Public/dom.js", public_dom_js),
    ASSET("Public/estimator.js", public_estimator_js),
    ASSET("Public/icon.svg", public_icon_svg),
    ASSET("Public/index.html", public_index_html),
    ASSET("Public/index.js", public_index_js),
    ASSET("Public/language-field.js", public_language_field_js),
    ASSET("Public/level.js", public_level_js),
    ASSET("Public/measures.js", public_measures_js),
    ASSET("Public/model-card.html", public_model_card_html),
    ASSET("Public/money.js", public_money_js),
    ASSET("Public/offer.js", public_offer_js),
    ASSET("Public/operation.js", public_operation_js),
    ASSET("Public/price-lines.js", public_price_lines_js),
    ASSET("Public/problem.js", public_problem_js),
    ASSET("Public/progress.js", public_progress_js),
    ASSET("Public/quote.js", public_quote_js),
    ASSET("Public/receipt.js", public_receipt_js),
    ASSET("Public/record.html", public_record_html),
    ASSET("Public/record.js", public_record_js),
    ASSET("Public/recorder.js", public_recorder_js),
    ASSET("Public/review.html", public_review_html),
    ASSET("Public/review.js", public_review_js),
    ASSET("Public/schema.js", public_schema_js),
    ASSET("Public/secret.js", public_secret_js),
    ASSET("Public/steps.js", public_steps_js),
    ASSET("Public/studio.js", public_studio_js),
    ASSET("Public/style.css", public_style_css),
    ASSET("Public/upload.js", public_upload_js),
    ASSET("Public/wav.js", public_wav_js),
    ASSET("Public/words.js", public_words_js),
    ASSET("Public/work.js", public_work_js),
    ASSET("Public/worklet.js", public_worklet_js),
};

size_t fairvoice_asset_count(void) { return sizeof assets / sizeof assets[0]; }

struct fairvoice_asset fairvoice_asset_at(size_t index) { return assets[index]; }
