package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1; ",
                "SELECT 1 -- ; done\n /* ; */ ;; \n",
                "SELECT 1 -- ; done\r /* ; */ ;",
                "SELECT '€$$'",
                "SELECT ';'",
                "SELECT 'it''s; '",
                "SELECT E'\\'; COMMIT; --'",
                "SELECT \";\" FROM t",
                "DO $$ BEGIN PERFORM 1; PERFORM 2; END $$",
                "DO $a$ BEGIN PERFORM $$;$$; END $a$",
                "SELECT /* ; /* ; */ ; */ 1",
                "SELECT $1",
                "SELECT a$b$c FROM t"
            })
    void oneStatementIsOne(String statement) {
        assertThat(SqlWords.isOneStatement(statement)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-- nothing",
                ";",
                "SELECT 1; COMMIT",
                "SELECT ''; COMMIT; SELECT ''",
                "SELECT 'a\\'; COMMIT; --'",
                "SELECT E'\\''; COMMIT; SELECT E'\\''",
                "SELECT nameE'\\'; COMMIT; --'",
                "SELECT 1 -- a\n; COMMIT",
                "SELECT 1 -- a\r; COMMIT",
                "SELECT 1 -- a\r\n; COMMIT",
                "SELECT 1 AS €$$; COMMIT; --$$",
                "SELECT 1 AS →$$; COMMIT; --$$",
                "SELECT 1 AS \u0001$$; COMMIT; --$$",
                "SELECT 1 AS €E'\\'; COMMIT; --'",
                "SELECT 1; -- a",
                "SELECT 1; /* a */",
                "SELECT /* /* */ 1; COMMIT",
                "SELECT 'open",
                "SELECT $$ open",
                "SELECT a$$; COMMIT; --$$",
                "SELECT \"open"
            })
    void whatIsMoreOrNeverEndsIsNot(String statement) {
        assertThat(SqlWords.isOneStatement(statement)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SELECT 1, SELECT", "/* a */ -- b, ''", "'/* COMMIT */ update t', update", "'(SELECT 1)', ''"})
    void theFirstWordIsFoundBehindComments(String statement, String word) {
        assertThat(SqlWords.first(statement)).isEqualTo(word);
    }

    @Property(tries = 500)
    void anyTextIsJudgedAndWhatIsQuotedStaysInside(@ForAll String text) {
        assertThat(SqlWords.first(text)).isNotNull();
        assertThat(SqlWords.isOneStatement("SELECT '" + text.replace("'", "''") + "'"))
                .isTrue();
        assertThat(SqlWords.isOneStatement("SELECT '" + text.replace("'", "''") + "'; COMMIT"))
                .isFalse();
    }
}
