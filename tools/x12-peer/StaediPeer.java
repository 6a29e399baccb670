import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads X12 with StAEDI and answers questions, one a line: `load FILE`, `schema FILE` or `schema -`, `run`, `segments`.
 * `run` answers how many sets and errors there were; `segments` gives every segment, elements separated by a tab and
 * components by 0x1F, and then `.`.
 */
public final class StaediPeer {
  private static final EDIInputFactory FACTORY = EDIInputFactory.newFactory();
  private static byte[] document = new byte[0];
  private static Schema schema;

  public static void main(String[] args) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      int space = line.indexOf(' ');
      String word = space < 0 ? line : line.substring(0, space);
      String rest = space < 0 ? "" : line.substring(space + 1);
      try {
        System.out.println(answer(word, rest));
      } catch (Exception failure) {
        System.out.println("failed " + failure);
      }
      System.out.flush();
    }
  }

  private static String answer(String word, String rest) throws Exception {
    switch (word) {
      case "load":
        document = Files.readAllBytes(Path.of(rest));
        return "loaded " + document.length;
      case "schema":
        schema = rest.equals("-") ? null : readSchema(rest);
        return "schema " + rest;
      case "run":
        return run();
      case "segments":
        return segments();
      default:
        return "failed unknown word " + word;
    }
  }

  private static Schema readSchema(String file) throws Exception {
    try (InputStream in = new FileInputStream(file)) {
      return SchemaFactory.newFactory().createSchema(in);
    }
  }

  private static String run() throws Exception {
    long sets = 0;
    long errors = 0;
    long characters = 0;
    EDIStreamReader reader = FACTORY.createEDIStreamReader(new ByteArrayInputStream(document));
    while (reader.hasNext()) {
      EDIStreamEvent event = reader.next();
      switch (event) {
        case START_TRANSACTION:
          sets += 1;
          if (schema != null) reader.setTransactionSchema(schema);
          break;
        case START_SEGMENT:
        case ELEMENT_DATA:
          characters += reader.getText().length();
          break;
        default:
          if (event.isError()) errors += 1;
      }
    }
    reader.close();
    return "ran " + sets + " " + errors + " " + characters;
  }

  private static String segments() throws Exception {
    StringBuilder text = new StringBuilder();
    EDIStreamReader reader = FACTORY.createEDIStreamReader(new ByteArrayInputStream(document));
    boolean inComposite = false;
    boolean isFirstPart = false;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case START_SEGMENT:
          text.append(reader.getText());
          break;
        case START_COMPOSITE:
          text.append('\t');
          inComposite = true;
          isFirstPart = true;
          break;
        case END_COMPOSITE:
          inComposite = false;
          break;
        case ELEMENT_DATA:
          if (!inComposite) text.append('\t');
          else if (!isFirstPart) text.append('\u001f');
          isFirstPart = false;
          text.append(reader.getText());
          break;
        case END_SEGMENT:
          text.append('\n');
          break;
        default:
      }
    }
    reader.close();
    return text.append('.').toString();
  }
}
