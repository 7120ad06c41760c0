package dev.migrator.schemachecks;

/** How deep braces lie inside each other: parsers call themselves for each level, and a stack ends. */
final class Nesting {
    static final int MOST = 100;

    private Nesting() {}

    /** Braces in comments and texts count as well: a schema with a hundred of these open is none that people write. */
    static int of(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '[' || c == '<' || c == '(') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == '}' || c == ']' || c == '>' || c == ')') {
                depth = Math.max(0, depth - 1);
            }
        }
        return deepest;
    }
}
