package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;

class BulkTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

    @Test
    void requestsAreCutInOrderAndFilledToTheLimit() {
        assertThat(Bulk.cut(List.of(4, 6, 1, 9, 10, 3), weight -> weight, 10))
                .containsExactly(List.of(4, 6), List.of(1, 9), List.of(10), List.of(3));
    }

    @Test
    void anItemAboveTheLimitStandsAlone() {
        assertThat(Bulk.cut(List.of(1, 11, 1), weight -> weight, 10))
                .containsExactly(List.of(1), List.of(11), List.of(1));
        assertThat(Bulk.cut(List.of(Integer.MAX_VALUE, Integer.MAX_VALUE), weight -> weight, 10))
                .hasSize(2);
    }

    @Test
    void nothingIsSentForNothing() throws Exception {
        assertThat(Bulk.<Integer, String>send(List.of(), _ -> 1, _ -> {
                    throw new AssertionError("nothing to send");
                }))
                .isEmpty();
    }

    @Test
    void noRequestExceedsWhatTheClusterTakes() throws Exception {
        var sizes = new ArrayList<Integer>();

        var answers = Bulk.<Integer, String>send(ITEMS, _ -> 300, items -> {
            sizes.add(items.size() * 300);
            return all(items, Answer.ok("done"));
        });

        assertThat(answers).hasSize(100);
        assertThat(sizes).hasSize(4).allMatch(size -> size <= 10_000);
    }

    @Test
    void aRequestThatOneItemSpoilsIsHalvedUntilItStandsAlone() throws Exception {
        var requests = new ArrayList<List<Integer>>();

        var answers = Bulk.<Integer, String>send(ITEMS, _ -> 1, items -> {
            requests.add(items);
            return all(
                    items,
                    items.contains(37) ? Answer.err(new PolicyViolationException("too large")) : Answer.ok("done"));
        });

        assertThat(answers).hasSize(100);
        answers.forEach((item, answer) -> assertThat(answer.isOk()).isEqualTo(item != 37));
        assertThat(requests).hasSizeLessThan(20);
    }

    @Test
    void aRefusalOfEachItemForItsOwnReasonIsNotAskedAgain() throws Exception {
        var requests = new ArrayList<List<Integer>>();

        var answers = Bulk.<Integer, String>send(ITEMS, _ -> 1, items -> {
            requests.add(items);
            return all(items, Answer.err(new TopicExistsException("there")));
        });

        assertThat(requests).hasSize(1);
        assertThat(answers.values()).noneMatch(Answer::isOk);
    }

    @Test
    void whatEachItemWasRefusedForIsKeptWhenAllAreRefused() throws Exception {
        var answers = Bulk.<Integer, String>send(
                ITEMS, _ -> 1, items -> all(items, Answer.err(new PolicyViolationException("not here"))));

        assertThat(answers).hasSize(100);
        assertThat(answers.values())
                .allMatch(answer ->
                        answer instanceof Answer.Err<String>(var error) && error instanceof PolicyViolationException);
    }

    private static Map<Integer, Answer<String>> all(List<Integer> items, Answer<String> answer) {
        var answers = new HashMap<Integer, Answer<String>>();
        items.forEach(item -> answers.put(item, answer));
        return answers;
    }
}
