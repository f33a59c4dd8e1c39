package org.anymod.toyworld;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.anymod.torch.StreamRandom;

/**
 * Describes scenes in English of at most 60 words. Objects are named from left to right by the
 * middle of what is seen of them; the more there are, the less is said of each. Only what the
 * picture shows is mentioned: a sky out of sight is not.
 */
final class Captioner {
  private static final double CLOSE = 4;
  private static final double FAR = 9;
  private static final double MISTY = 0.04;
  private static final double SKY_IN_SIGHT = 0.02;
  private static final int MOST_WITH_SIZE = 4;
  private static final int MOST_WITH_PATTERN = 3;
  private static final int MOST_WITH_DISTANCE = 3;
  private static final double HORIZON_STEP = 0.125;
  private static final String[] HORIZONS = {
    " with a very high horizon",
    " with a high horizon",
    "",
    " with a low horizon",
    " with a very low horizon"
  };
  private static final String[] SIDES = {
    "at far left", "at left", "at center", "at right", "at far right"
  };
  private static final String[] NUMBERS = {"no", "one", "two", "three", "four", "five", "six"};

  private final long seed;

  Captioner(long seed) {
    this.seed = seed;
  }

  /**
   * Describes a scene.
   *
   * @param hits the scene at {@link ToyWorld#JUDGED_SIZE}, so that captions do not depend on the
   *     size rendered
   */
  String describe(Scene scene, HitBuffer hits) {
    Chance chance = new Chance(StreamRandom.at(seed, "toy world caption", scene.index()));
    String count = count(scene);
    String objects = objects(scene, hits);
    String ground = ground(scene.ground());
    String sky = surroundings(scene, hits);
    return switch (chance.weighted(4, 2, 2, 2)) {
      case 0 -> count + " on " + ground + " " + sky + ": " + objects;
      case 1 -> "a scene with " + count + " on " + ground + " " + sky + ": " + objects;
      case 2 -> count + ": " + objects + ", on " + ground + " " + sky;
      default -> sky + ", " + count + " on " + ground + ": " + objects;
    };
  }

  private static String count(Scene scene) {
    int people = scene.people();
    String solids = NUMBERS[scene.objects().size() - people] + " objects";
    return switch (people) {
      case 0 -> solids;
      case 1 -> solids + " and one person";
      default -> solids + " and " + NUMBERS[people] + " people";
    };
  }

  private static String objects(Scene scene, HitBuffer hits) {
    List<ObjectView> views = new ArrayList<>(ObjectView.of(scene, hits));
    views.sort(Comparator.comparingDouble(ObjectView::u));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < views.size(); i++) {
      if (i > 0) {
        text.append(i < views.size() - 1 ? ", " : " and ");
      }
      ObjectView view = views.get(i);
      text.append(phrase(scene.objects().get(view.object()), view, views.size()));
    }
    return text.toString();
  }

  private static String phrase(SceneObject object, ObjectView view, int count) {
    List<String> words = new ArrayList<>();
    if (count <= MOST_WITH_SIZE && object.size() != SizeName.MEDIUM) {
      words.add(object.size().name().toLowerCase(Locale.ROOT));
    }
    if (count <= MOST_WITH_PATTERN && object.surface().pattern() != Pattern.PLAIN) {
      words.add(object.surface().pattern().word());
    }
    words.addAll(noun(object));
    words.add(side(view.u()));
    if (count <= MOST_WITH_DISTANCE && view.depth() < CLOSE) {
      words.add("close by");
    } else if (count <= MOST_WITH_DISTANCE && view.depth() > FAR) {
      words.add("far away");
    }
    return article(words.get(0)) + " " + String.join(" ", words);
  }

  private static List<String> noun(SceneObject object) {
    String color = object.color().word();
    return object
        .person()
        .map(person -> List.of(person.activity().word(), object.kind().label(), "in", color))
        .orElseGet(() -> List.of(color, object.kind().label()));
  }

  /** The fifth of the picture's width in which the middle of an object lies. */
  private static String side(double u) {
    return SIDES[Math.min(SIDES.length - 1, (int) (u * SIDES.length))];
  }

  private static String article(String next) {
    return "aeiou".indexOf(next.charAt(0)) < 0 ? "a" : "an";
  }

  private static String ground(Ground ground) {
    return ground.surface().pattern().word() + " " + ground.word() + " ground";
  }

  private static String surroundings(Scene scene, HitBuffer hits) {
    int size = hits.size();
    int skyPixels = 0;
    for (int pixel = 0; pixel < size * size; pixel++) {
      skyPixels += hits.kind(pixel) == ToyClass.SKY ? 1 : 0;
    }
    String sky =
        skyPixels < SKY_IN_SIGHT * size * size
            ? "seen from above"
            : "under "
                + article(scene.sky().word())
                + " "
                + scene.sky().word()
                + " sky"
                + horizon(scene);
    return scene.lighting().fog() > MISTY ? sky + " in the mist" : sky;
  }

  /** Where the horizon lies between the top of the picture and the lowest place it can have. */
  private static String horizon(Scene scene) {
    int step = (int) (scene.camera().horizon() / HORIZON_STEP);
    return HORIZONS[Math.max(0, Math.min(HORIZONS.length - 1, step))];
  }
}
