package dev.migrator.manifests.format;

import dev.migrator.core.canonical.Value;
import java.util.List;

/** A value of a file together with how its author wrote it. */
sealed interface Piece {
    /** @param flow whether it stands between brackets */
    record Mapping(List<Field> fields, boolean flow) implements Piece {}

    record Field(String name, Piece value) {}

    /** @param flow whether it stands between brackets */
    record Items(List<Piece> items, boolean flow) implements Piece {}

    /** A number, a text, true, false or nothing. */
    record Scalar(Value value, String written) implements Piece {}

    /** A text of several lines below {@code |}. */
    record Literal(String text) implements Piece {}

    /**
     * A text below {@code >}.
     *
     * @param header {@code >} and what follows it, without a comment
     * @param lines without their common indentation
     */
    record Folded(String header, List<String> lines) implements Piece {}
}
