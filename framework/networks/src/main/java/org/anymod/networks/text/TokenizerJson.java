package org.anymod.networks.text;

/** The key names and fixed values of the JSON form of the Hugging Face tokenizers library. */
final class TokenizerJson {
  static final String VERSION = "version";
  static final String VERSION_1 = "1.0";
  static final String TRUNCATION = "truncation";
  static final String PADDING = "padding";
  static final String ADDED_TOKENS = "added_tokens";
  static final String NORMALIZER = "normalizer";
  static final String PRE_TOKENIZER = "pre_tokenizer";
  static final String POST_PROCESSOR = "post_processor";
  static final String DECODER = "decoder";
  static final String MODEL = "model";

  static final String ID = "id";
  static final String CONTENT = "content";
  static final String SINGLE_WORD = "single_word";
  static final String LSTRIP = "lstrip";
  static final String RSTRIP = "rstrip";
  static final String NORMALIZED = "normalized";
  static final String SPECIAL = "special";

  static final String TYPE = "type";
  static final String BERT_NORMALIZER = "BertNormalizer";
  static final String CLEAN_TEXT = "clean_text";
  static final String CHINESE = "handle_chinese_chars";
  static final String STRIP_ACCENTS = "strip_accents";
  static final String LOWERCASE = "lowercase";
  static final String BERT_PRE_TOKENIZER = "BertPreTokenizer";
  static final String PREFIX = "prefix";
  static final String CLEANUP = "cleanup";

  static final String WORD_PIECE = "WordPiece";
  static final String UNK_TOKEN = "unk_token";
  static final String CONTINUING_PREFIX = "continuing_subword_prefix";
  static final String MAX_WORD = "max_input_chars_per_word";
  static final String VOCAB = "vocab";

  private TokenizerJson() {}
}
