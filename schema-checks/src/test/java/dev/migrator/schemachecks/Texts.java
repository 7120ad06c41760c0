package dev.migrator.schemachecks;

import dev.migrator.core.contents.SchemaLanguage;
import dev.migrator.core.contents.SchemaText;
import java.util.List;

final class Texts {
    private Texts() {}

    /** Single quotes stand for double ones. */
    static SchemaText text(String content, SchemaText.Named... references) {
        return new SchemaText(content.replace('\'', '"'), List.of(references));
    }

    static SchemaText.Named named(String name, String content) {
        return new SchemaText.Named(name, content.replace('\'', '"'));
    }

    static List<String> codes(SchemaLanguage language, SchemaText text) {
        return language.check(text).stream()
                .map(finding -> finding.problem().code())
                .toList();
    }

    static String found(SchemaLanguage language, SchemaText text) {
        return language.check(text).getFirst().problem().found();
    }
}
