package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, used with mouse and keyboard. */
class PlaygroundBrowserTest {
  @TempDir Path folder;

  private ServedRun.Served served;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    Optional<Path> driver = Browser.installed();
    assumeTrue(
        driver.isPresent(), "no browser: install chromium and chromium-driver to test the page");
    served = ServedRun.shared().serve(ServedRun.settings(Optional.empty(), 8));
    browser = Browser.open(driver.get(), folder);
    browser.go(served.server().address());
    browser.await("document.body.dataset.ready");
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (served != null) {
      served.close();
    }
  }

  /** The place of a modality among the chips. */
  private int place(String box, String key) throws Exception {
    return browser
        .run(
            "return [...document.querySelectorAll('#"
                + box
                + " button')].findIndex((b) => b.textContent.endsWith('"
                + key
                + "')) + 1")
        .asInt();
  }

  private void choose(String box, String key) throws Exception {
    browser.click("#" + box + " button:nth-child(" + place(box, key) + ")");
  }

  private static String result(String key) {
    return "document.querySelector('.result[data-key=\"" + key + "\"][data-finished]')";
  }

  @Test
  void aToyPictureBecomesDepthAndACaptionThatCanBeDownloaded() throws Exception {
    browser.await("document.querySelectorAll('#examples button img').length === 3");
    browser.click("#examples button:nth-child(2)");
    browser.await(
        "document.querySelector('#inputs [data-key=\"rgb@32\"] .stage img')?.naturalWidth");
    choose("output-choice", "tok_depth@32");
    choose("output-choice", "caption");
    browser.click("#generate");
    browser.await(result("tok_depth@32") + "?.querySelector('img').naturalWidth");
    browser.await(result("caption") + "?.querySelector('pre').textContent");
    browser.await("document.getElementById('status').textContent.endsWith('is done.')");
    JsonNode chain =
        browser.run(
            "return [...document.querySelectorAll('.chain .link')].map(l => l.textContent)");
    assertThat(chain.toString()).isEqualTo("[\"rgb@32\",\"tok_depth@32\",\"caption\"]");

    browser.click(".result[data-key=\"tok_depth@32\"] .download");
    Path file = folder.resolve("tok_depth-32-1.png");
    long until = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(file) && System.nanoTime() < until) {
      Thread.sleep(50);
    }
    assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void everyFormIsDrawnTypedOrSet() throws Exception {
    for (String key :
        new String[] {
          "caption", "det", "color_palette", "image_metadata", "tok_depth@32", "tok_semseg@32"
        }) {
      choose("input-choice", key);
    }
    tab("caption", "Text");
    browser.type("#inputs [data-key=\"caption\"] textarea", "a red sphere");
    tab("det", "Boxes");
    browser.drag("#inputs [data-key=\"det\"] canvas.over", 0.2, 0.2, 0.7, 0.8);
    browser.await("document.querySelector('#inputs [data-key=\"det\"] .chips button')");
    tab("color_palette", "Colours");
    tab("image_metadata", "Numbers");
    browser.click("#inputs [data-key=\"image_metadata\"] .field input[type=checkbox]");
    tab("tok_depth@32", "Draw");
    browser.drag("#inputs [data-key=\"tok_depth@32\"] canvas.paint", 0.2, 0.2, 0.7, 0.8);
    tab("tok_semseg@32", "Draw");
    browser.drag("#inputs [data-key=\"tok_semseg@32\"] canvas.paint", 0.2, 0.5, 0.9, 0.5);
    choose("output-choice", "tok_rgb@32");
    browser.click("#generate");
    browser.await(result("tok_rgb@32") + "?.querySelector('img').naturalWidth");
    assertThat(browser.run("return document.getElementById('status').textContent").asText())
        .endsWith("is done.");
    browser.run("[...document.querySelectorAll('.result button')].at(-1).click()");
    browser.await("document.querySelector('#inputs [data-key=\"rgb@32\"] .note')");
  }

  private void tab(String key, String name) throws Exception {
    browser.run(
        "[...document.querySelectorAll('#inputs [data-key=\""
            + key
            + "\"] .tabs button')].find((b) => b.textContent === '"
            + name
            + "').click()");
  }

  @Test
  void onlyAPartOfAPictureIsGiven() throws Exception {
    browser.click("#examples button");
    browser.await("document.querySelector('#inputs [data-key=\"rgb@32\"] canvas.over')");
    browser.drag("#inputs [data-key=\"rgb@32\"] canvas.over", 0.1, 0.1, 0.6, 0.9);
    browser.await(
        "[...document.querySelectorAll('#inputs button')].some("
            + "(b) => b.textContent === 'All of it' && !b.hidden)");
    choose("input-choice", "tok_depth@32");
    browser.await("document.querySelector('#inputs [data-key=\"tok_depth@32\"] canvas.over')");
    browser.drag("#inputs [data-key=\"tok_depth@32\"] canvas.over", 0.1, 0.1, 0.3, 0.3);
    choose("output-choice", "tok_depth@32");
    browser.click("#generate");
    browser.await(result("tok_depth@32") + "?.querySelector('img').naturalWidth");
  }

  @Test
  void nothingIsLoadedFromElsewhereAndNoScriptFails() throws Exception {
    JsonNode loaded =
        browser.run(
            "return performance.getEntriesByType('resource').map(e => new URL(e.name))"
                + ".filter(u => u.protocol !== 'blob:').map(u => u.origin)");
    for (JsonNode origin : loaded) {
      assertThat(served.server().address()).startsWith(origin.asText());
    }
    assertThat(browser.run("return document.cookie").asText()).isEmpty();
    browser.click("#theme");
    assertThat(browser.run("return document.documentElement.dataset.theme").asText())
        .isIn("dark", "light");
  }
}
