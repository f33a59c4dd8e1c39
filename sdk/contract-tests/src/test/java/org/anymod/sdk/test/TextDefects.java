package org.anymod.sdk.test;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.torch.StreamRandom;

/** Modalities of texts with one defect each; run by {@link SeededDefectsTest}, not by JUnit. */
final class TextDefects {
  private TextDefects() {}

  static class NotDeterministic extends TextCase {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    protected Modality modality() {
      return new GoodText() {
        @Override
        String write(String text, RandomGenerator random) {
          return CALLS.incrementAndGet() % 2 == 0 ? text : text + ".";
        }
      };
    }
  }

  static class WrongPadding extends TextCase {
    @Override
    protected Modality modality() {
      return new GoodText() {
        @Override
        String write(String text, RandomGenerator random) {
          return text + " [PAD] [PAD]";
        }
      };
    }
  }

  static class NoRoomForTheEndToken extends TextCase {
    @Override
    protected Modality modality() {
      return new GoodText() {
        @Override
        public Declaration declare(DeclarationRequest request) {
          return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(5, 5));
        }
      };
    }
  }

  static class FailsOnNonsense extends TextCase {
    @Override
    protected Modality modality() {
      return new GoodText() {
        @Override
        String read(String text) {
          return text.substring(0, 1) + super.read(text.substring(1));
        }
      };
    }
  }

  static class UndeclaredCoordinates extends TextCase {
    @Override
    protected Modality modality() {
      return new GoodText() {
        @Override
        String write(String text, RandomGenerator random) {
          return text + " v0=12";
        }
      };
    }
  }

  static class LosesWords extends TextCase {
    @Override
    protected Modality modality() {
      return new GoodText() {
        @Override
        String read(String text) {
          return super.read(text).replace("a", "");
        }
      };
    }
  }

  /** Works from the class path; what it uses is hidden from plugins. */
  public static class UsesTheHost extends GoodText {
    @Override
    String write(String text, RandomGenerator random) {
      return StreamRandom.at(1, "hidden").nextLong() == 0 ? "" : text;
    }
  }

  /** Fails in a host alone. */
  public static class FailsToStart extends GoodText {
    public FailsToStart() {
      if (getClass().getClassLoader() != ClassLoader.getSystemClassLoader()) {
        throw new IllegalStateException("no luck today");
      }
    }
  }

  /** Good. */
  public static class Starts extends GoodText {}

  /** A modality of another name. */
  public static class OtherName extends GoodText {
    @Override
    public String name() {
      return "other";
    }
  }

  static class StartsCase extends TextCase {
    @Override
    protected Modality modality() {
      return new Starts();
    }
  }

  static class FailsToStartCase extends TextCase {
    @Override
    protected Modality modality() {
      return new FailsToStart();
    }
  }

  static class UsesTheHostCase extends TextCase {
    @Override
    protected Modality modality() {
      return new UsesTheHost();
    }
  }
}
