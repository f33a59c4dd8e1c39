package org.anymod.sdk.archetype;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The templates of the archetype in this JAR; its own list of files says which there are. */
final class Templates {
  private static final String METADATA = "/META-INF/maven/archetype-metadata.xml";
  private static final String FOLDER = "/archetype-resources/";
  private static final String POM = "pom.xml";

  private Templates() {}

  /** Returns the version of the SDK that the templates belong to. */
  static String sdkVersion() {
    Properties properties = new Properties();
    try (InputStream in = open("/org/anymod/sdk/archetype/sdk.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the version of the SDK", e);
    }
    return properties.getProperty("version");
  }

  /** Renders all files; keys are paths in the project. */
  static Map<String, String> render(Map<String, String> properties) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(POM, Template.render(text(FOLDER + POM), properties));
    NodeList sets = metadata().getElementsByTagName("fileSet");
    for (int i = 0; i < sets.getLength(); i++) {
      Element set = (Element) sets.item(i);
      String folder = set.getElementsByTagName("directory").item(0).getTextContent().strip();
      NodeList includes = set.getElementsByTagName("include");
      for (int j = 0; j < includes.getLength(); j++) {
        String name = includes.item(j).getTextContent().strip();
        String source = folder.isEmpty() ? name : folder + "/" + name;
        files.put(
            target(folder, name, set.getAttribute("packaged").equals("true"), properties),
            Template.render(text(FOLDER + source), properties));
      }
    }
    return files;
  }

  private static String target(
      String folder, String name, boolean packaged, Map<String, String> properties) {
    String place = folder.isEmpty() ? "" : folder + "/";
    String inside = packaged ? properties.get("package").replace('.', '/') + "/" : "";
    return place + inside + name.replace("__type__", properties.get("type"));
  }

  private static Document metadata() {
    try (InputStream in = open(METADATA)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(in);
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("cannot read " + METADATA, e);
    }
  }

  static String text(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = Templates.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is missing from the archetype");
    }
    return in;
  }
}
