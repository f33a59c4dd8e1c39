package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Kind;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.torch.TensorScope;

/** Tokens of a tokenizer and the way back. */
final class TokenCheck {
  private TokenCheck() {}

  static void tokensFitTheDeclaration(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer tokenizer = subject.create(scope)) {
      if (tokenizer.vocabulary() != subject.vocabulary()) {
        fail("vocabulary() is %d, declared is %d", tokenizer.vocabulary(), subject.vocabulary());
      }
      List<Value> values = subject.values();
      int[][] tokens = tokenizer.encode(values);
      int wanted = subject.declaration().kind().maxTokens();
      boolean grid = subject.declaration().kind() instanceof Kind.TokenGrid;
      if (tokens.length != values.size()) {
        fail("encode(): gives %d rows for %d values", tokens.length, values.size());
      }
      for (int[] row : tokens) {
        // The end token of a sequence is one of its declared tokens.
        if (grid ? row.length != wanted : row.length > wanted - 1) {
          fail(
              "encode(): gives a row of %d tokens, declared are %s",
              row.length, grid ? wanted : wanted + " at most, the end token included");
        }
        for (int token : row) {
          if (token < 0 || token >= subject.vocabulary()) {
            fail(
                "encode(): gives the token %d, allowed are 0 to %d",
                token, subject.vocabulary() - 1);
          }
        }
      }
    }
  }

  static void tokensBecomeValues(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer tokenizer = subject.create(scope)) {
      List<Value> values = subject.values();
      List<Value> back = tokenizer.decode(tokenizer.encode(values));
      if (back.size() != values.size()) {
        fail("decode(): gives %d values for %d rows of tokens", back.size(), values.size());
      }
      for (int i = 0; i < back.size(); i++) {
        subject
            .spec()
            .violation(back.get(i))
            .ifPresent(reason -> fail("decode(): the result %s; bring it into the range", reason));
        ValueContent.difference(values.get(i), back.get(i), Double.POSITIVE_INFINITY)
            .ifPresent(reason -> fail("decode(): the result %s", reason));
      }
    }
  }

  static void batchesEqualSingleValues(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer tokenizer = subject.create(scope)) {
      List<Value> values = subject.values();
      int[][] tokens = tokenizer.encode(values);
      List<Value> decoded = tokenizer.decode(tokens);
      for (int i = 0; i < tokens.length; i++) {
        int[] alone = tokenizer.encode(List.of(values.get(i)))[0];
        if (!Arrays.equals(alone, tokens[i])) {
          fail(
              "encode(): value %d has the tokens %s alone and %s in a batch; values of a batch must"
                  + " not see each other",
              i, Arrays.toString(alone), Arrays.toString(tokens[i]));
        }
        int number = i;
        Value single = tokenizer.decode(new int[][] {tokens[i]}).get(0);
        // Sums may be taken in another order.
        ValueContent.difference(single, decoded.get(i), 1e-3)
            .ifPresent(reason -> fail("decode(): row %d in a batch %s", number, reason));
      }
    }
  }

  static void aSeedIsATokenizer(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer one = subject.create(scope);
        Tokenizer two = subject.create(scope)) {
      if (!TokenizerSubject.bits(one.state()).equals(TokenizerSubject.bits(two.state()))) {
        fail("create(): the same seed gives other weights; draw them from context.seed() alone");
      }
      List<Value> values = subject.values();
      Object first = ValueContent.fingerprint(one.encode(values));
      if (!first.equals(ValueContent.fingerprint(one.encode(values)))
          || !first.equals(ValueContent.fingerprint(two.encode(values)))) {
        fail("encode(): the same weights and values give other tokens");
      }
      List<Value> untouched = subject.values();
      for (int i = 0; i < values.size(); i++) {
        ValueContent.difference(untouched.get(i), values.get(i), 0)
            .ifPresent(
                change -> fail("encode(): changes the value that it is given: it %s", change));
      }
    }
  }

  static void impossibleTokensAreRefused(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer tokenizer = subject.create(scope)) {
      int[] good = tokenizer.encode(subject.values())[0];
      int[] above = good.clone();
      above[0] = subject.vocabulary();
      int[] below = good.clone();
      below[0] = -1;
      int[] longer = Arrays.copyOf(good, subject.declaration().kind().maxTokens() + 1);
      for (int[] bad : List.of(above, below, longer)) {
        requireRefusal(
            "decode(" + Arrays.toString(bad) + ")", () -> tokenizer.decode(new int[][] {bad}));
      }
    }
  }

  static void unknownSettingsAreRefused(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope()) {
      Map<String, Object> odd = Map.of("no_such_setting_exists", 1);
      requireRefusal(
          "create() with the unknown setting no_such_setting_exists",
          () -> subject.create(scope, TokenizerSubject.SEED, odd).close());
    }
  }

  static void statesCanBeLoadedOrAreRefusedWhole(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer source = subject.create(scope, TokenizerSubject.SEED + 1, Map.of());
        Tokenizer target = subject.create(scope)) {
      Map<String, NDArray> state = TokenizerSubject.copy(source.state(), scope.manager());
      Map<String, List<Integer>> before = TokenizerSubject.bits(target.state());
      Map<String, NDArray> unknown = new LinkedHashMap<>(state);
      unknown.put("no.such.name", scope.manager().zeros(new Shape(1)));
      requireRefusal("load() with an unknown name", () -> target.load(unknown));
      for (String name : state.keySet()) {
        Map<String, NDArray> missing = new LinkedHashMap<>(state);
        missing.remove(name);
        requireRefusal("load() without " + name, () -> target.load(missing));
        Map<String, NDArray> misshapen = new LinkedHashMap<>(state);
        misshapen.put(name, scope.manager().zeros(new Shape(3, 1, 7, 1)));
        requireRefusal("load() with another shape of " + name, () -> target.load(misshapen));
        break;
      }
      if (!before.equals(TokenizerSubject.bits(target.state()))) {
        fail("load(): a refused state was loaded in part, nothing may change then");
      }
      target.load(state);
      List<Value> values = subject.values();
      if (!ValueContent.fingerprint(source.encode(values))
          .equals(ValueContent.fingerprint(target.encode(values)))) {
        fail("load(): with the state of another tokenizer the tokens are not the other's");
      }
    }
  }

  private static void requireRefusal(String what, Runnable call) {
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      return;
    } catch (RuntimeException e) {
      throw new AssertionError(what + " throws " + e + ", must be IllegalArgumentException", e);
    }
    fail("%s is taken, must be refused with IllegalArgumentException", what);
  }

  static void memoryStaysFlat(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope()) {
      Tokenizer tokenizer = subject.create(scope);
      List<Value> values = subject.values();
      int[][] tokens = tokenizer.encode(values);
      tokenizer.decode(tokens);
      int before = scope.liveTensors();
      for (int i = 0; i < 5; i++) {
        tokenizer.decode(tokenizer.encode(values));
      }
      int after = scope.liveTensors();
      if (after != before) {
        fail(
            "encode() and decode() leave tensors behind: %d lived before five calls, %d after; compute"
                + " in a sub-manager and close it",
            before, after);
      }
      tokenizer.close();
      if (scope.liveTensors() != 0) {
        fail("close() leaves %d tensors behind, must free all", scope.liveTensors());
      }
    }
  }
}
