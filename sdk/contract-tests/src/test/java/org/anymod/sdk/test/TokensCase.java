package org.anymod.sdk.test;

import java.util.List;
import java.util.Map;
import org.anymod.spi.Modality;
import org.anymod.spi.Representation;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.Value;

/** The contract for a tokenizer of gray pictures, possibly with something around it. */
abstract class TokensCase extends TokenizerContractTest {

  Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
    return good;
  }

  TokenizerContext changed(TokenizerContext context) {
    return context;
  }

  @Override
  protected final Modality modality() {
    return new GoodGrid() {
      @Override
      public Representation representation() {
        TokenizerFactory good = (TokenizerFactory) super.representation();
        return new TokenizerFactory() {
          @Override
          public String family() {
            return good.family();
          }

          @Override
          public Tokenizer create(TokenizerContext context) {
            return around((TrainableTokenizer) good.create(changed(context)), context);
          }
        };
      }
    };
  }

  @Override
  protected final List<Value> samples() {
    return Samples.rasters(GoodGrid.SPEC, 16, 16, 3, 2);
  }

  @Override
  protected final int resolution() {
    return 16;
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8);
  }
}
