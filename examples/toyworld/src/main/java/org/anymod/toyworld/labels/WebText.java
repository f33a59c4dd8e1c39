package org.anymod.toyworld.labels;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.anymod.torch.StreamRandom;
import org.anymod.toyworld.HitBuffer;
import org.anymod.toyworld.ObjectView;
import org.anymod.toyworld.Pattern;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.Scene;
import org.anymod.toyworld.SceneObject;
import org.anymod.toyworld.SizeName;
import org.anymod.toyworld.ToyClass;

/**
 * A paragraph about a scene: the place, the weather, each thing from left to right with its look
 * and neighbour, and where the viewer stands. Sentences come from fixed forms; the same scene gives
 * the same text at every size of picture.
 */
public final class WebText {
  private static final String[] OPENINGS = {
    "The picture shows %s on %s ground.",
    "Here are %s, all of them on %s ground.",
    "You can see %s. They stand on %s ground."
  };
  private static final String[] PLACES = {
    "far to the left", "on the left", "in the middle", "on the right", "far to the right"
  };
  private static final String[] NUMBERS = {"no", "one", "two", "three", "four", "five", "six"};
  private static final double BEHIND = 1.3;
  private static final double HIGH = 3;
  private static final double MISTY = 0.04;

  private final RenderedScene rendered;
  private final Scene scene;
  private final RandomGenerator random;

  private WebText(RenderedScene rendered) {
    this.rendered = rendered;
    scene = rendered.scene();
    random =
        StreamRandom.at(
            rendered.caption().hashCode(), "toy world web text", rendered.scene().index());
  }

  /**
   * Writes the paragraph.
   *
   * @param rendered the scene
   * @return UTF-8 text
   */
  public static byte[] encode(RenderedScene rendered) {
    return new WebText(rendered).text().getBytes(StandardCharsets.UTF_8);
  }

  private String text() {
    List<String> sentences = new ArrayList<>();
    sentences.add(opening());
    sentences.add(weather());
    List<ObjectView> views = new ArrayList<>(ObjectView.of(scene, rendered.judged()));
    views.sort(Comparator.comparingDouble(ObjectView::u));
    for (int i = 0; i < views.size(); i++) {
      sentences.add(sentence(views.get(i), i == 0 ? null : views.get(i - 1)));
    }
    sentences.add(viewer());
    return String.join(" ", sentences);
  }

  private String opening() {
    int people = scene.people();
    int solids = scene.objects().size() - people;
    String things =
        NUMBERS[solids]
            + " solids"
            + (people == 0
                ? ""
                : " and " + NUMBERS[people] + (people == 1 ? " person" : " people"));
    String ground = scene.ground().surface().pattern().word() + " " + scene.ground().word();
    return String.format(Locale.ROOT, oneOf(OPENINGS), things, ground);
  }

  private String weather() {
    boolean misty = scene.lighting().fog() > MISTY;
    if (!skyInSight()) {
      return misty ? "Mist lies over the scene." : "The air is clear and the sky is out of sight.";
    }
    String sky = "The sky is " + scene.sky().word();
    return sky + (misty ? " and mist hides what is far away." : " and the air is clear.");
  }

  private boolean skyInSight() {
    HitBuffer hits = rendered.judged();
    for (int pixel = 0; pixel < hits.size() * hits.size(); pixel++) {
      if (hits.kind(pixel) == ToyClass.SKY) {
        return true;
      }
    }
    return false;
  }

  private String sentence(ObjectView view, ObjectView neighbour) {
    SceneObject object = scene.objects().get(view.object());
    String place = PLACES[Math.min(PLACES.length - 1, (int) (view.u() * PLACES.length))];
    String distance = "about " + Math.round(view.depth()) + " m away";
    String name = name(object);
    String start =
        random.nextBoolean()
            ? capital(place) + ", " + distance + ", is " + name
            : capital(name) + " is " + place + ", " + distance;
    return start + relation(view, neighbour) + ".";
  }

  private String relation(ObjectView view, ObjectView neighbour) {
    if (neighbour == null) {
      return "";
    }
    String other = "the " + scene.objects().get(neighbour.object()).kind().label();
    if (view.depth() > BEHIND * neighbour.depth()) {
      return ", farther back than " + other;
    }
    if (view.depth() * BEHIND < neighbour.depth()) {
      return ", closer than " + other;
    }
    return ", next to " + other;
  }

  private static String name(SceneObject object) {
    String color = object.color().word();
    if (object.person().isPresent()) {
      String activity = object.person().get().activity().word();
      return "a " + activity + " person dressed in " + color;
    }
    Pattern pattern = object.surface().pattern();
    String words =
        (object.size() == SizeName.MEDIUM
                ? ""
                : object.size().name().toLowerCase(Locale.ROOT) + " ")
            + (pattern == Pattern.PLAIN ? "" : pattern.word() + " ")
            + color
            + " "
            + object.kind().label();
    return article(words) + words;
  }

  private static String article(String next) {
    return "aeiou".indexOf(next.charAt(0)) < 0 ? "a " : "an ";
  }

  private String viewer() {
    double height = scene.camera().position().y();
    String where = height > HIGH ? "high above the ground" : "near the ground";
    return String.format(
        Locale.ROOT, "The viewer is %s, at a height of %.1f metres.", where, height);
  }

  private String oneOf(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
