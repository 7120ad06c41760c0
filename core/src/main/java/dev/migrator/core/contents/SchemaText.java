package dev.migrator.core.contents;

import java.util.List;

/**
 * The text of a schema with all that it refers to.
 *
 * @param references directly or not, each once, what is referred to before what refers to it
 */
public record SchemaText(String content, List<Named> references) {
    /** @param name as the text that refers to it names it */
    public record Named(String name, String content) {}

    public SchemaText {
        references = List.copyOf(references);
    }
}
