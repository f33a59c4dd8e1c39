package org.anymod.core.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.spi.InvalidDataException;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy 2.4 wrote; {@code make.py} beside them says how. */
class InstanceDocumentTest {
  private static final String CROPS =
      """
      {"crops":[{"instances":[
        {"polygon":[[1,2],[30,2],[30,40]],
         "tokens":[0,33,66,99,132,165,198,231,264,297,330,363,396,429,462,495],
         "box":[2,1,40,30]},
        {"polygon":[[100,101],[223,0]],
         "more_contours":[[[5,6],[7,8]],[[1,2],[30,2],[30,40]]],
         "tokens":[528,561,594,627,660,693,726,759,792,825,858,891,924,957,990,1023],
         "box":[0,100,101.5,223]}]},
        {"instances":[]}]}
      """;
  private static final String OUTLINES =
      """
      {"instances":[
        {"polygon":[[0,0],[639,0],[639,479]]},
        {"polygon":[[3,4]],"more_contours":[[[5,6],[7,8]]]},
        {"polygon":[[9,10],[11,12],[13,14]]}]}
      """;

  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = InstanceDocumentTest.class.getResourceAsStream("/instances/" + name)) {
      return in.readAllBytes();
    }
  }

  private static void isEqual(byte[] json, String expected) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(json)).isEqualTo(mapper.readTree(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"crops", "crops-2", "crops-3", "crops-4", "crops-5"})
  void keepsAllThatIsInACrop(String name) throws Exception {
    InstanceDocument document = InstanceDocument.convert(resource(name + ".npy"));
    isEqual(document.json(), CROPS);
    assertThat(document.crops()).isEqualTo(2);
    assertThat(document.instances()).isEqualTo(2);
    assertThat(document.moreContours()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void keepsOutlinesOfWholePictures(int protocol) throws Exception {
    InstanceDocument document = InstanceDocument.convert(resource("outlines-" + protocol + ".npy"));
    isEqual(document.json(), OUTLINES);
    assertThat(document.crops()).isZero();
  }

  @Test
  void changedBytesAreReadOrRefusedAndNothingElse() throws Exception {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<byte[]> seeds = new ArrayList<>();
    for (int protocol = 2; protocol <= 5; protocol++) {
      seeds.add(resource("crops-" + protocol + ".npy"));
      seeds.add(resource("outlines-" + protocol + ".npy"));
    }
    int refused = 0;
    for (int i = 0; i < 8000; i++) {
      StreamRandom random = StreamRandom.at(11, "pickle mutation", i);
      byte[] bytes = mutated(seeds.get(i % seeds.size()), random);
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        InstanceDocument.convert(bytes);
      } catch (InvalidDataException e) {
        refused++;
      }
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("mutation %d", i).isLessThan(16 << 20);
    }
    assertThat(refused).isBetween(2000, 7999);
  }

  private static byte[] mutated(byte[] seed, StreamRandom random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          int count = Math.min(random.nextInt(40), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - count + 1), bytes, at, count);
        }
      }
    }
    return bytes;
  }

  @Test
  void importsFoldersAndNamesTheFileThatIsWrong() throws Exception {
    Path from = Files.createDirectories(folder.resolve("from/a"));
    Files.write(from.resolve("one.npy"), resource("crops.npy"));
    Files.write(from.resolve("two.npy"), resource("outlines-4.npy"));
    Path to = folder.resolve("to");
    InstanceImport.Report report =
        InstanceImport.convert(folder.resolve("from"), to, Progress.silent());
    assertThat(report).isEqualTo(new InstanceImport.Report(2, 2, 5, 3));
    isEqual(Files.readAllBytes(to.resolve("a/one.json")), CROPS);
    try (Stream<Path> files = Files.list(to.resolve("a"))) {
      assertThat(files).hasSize(2);
    }
    Files.write(from.resolve("three.npy"), new byte[20]);
    assertThatThrownBy(() -> InstanceImport.convert(folder.resolve("from"), to, Progress.silent()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("three.npy: not a npy file");
  }
}
