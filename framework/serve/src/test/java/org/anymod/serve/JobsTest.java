package org.anymod.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anymod.core.generation.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
  private static final GenerateRequest REQUEST =
      new GenerateRequest(Request.builder().outputs("a").build(), List.of(), List.of());

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<Job> ended = new CopyOnWriteArrayList<>();
  private Jobs jobs;

  @AfterEach
  void finish() {
    gate.countDown();
    assertThat(jobs.finish()).isTrue();
  }

  private static ServeSettings settings(int queue, int kept, Duration timeout, Duration grace) {
    return new ServeSettings(
        "127.0.0.1", 0, Optional.empty(), queue, 1, timeout, grace, 1 << 20, 4, kept, 0);
  }

  private Jobs open(int queue, int kept, Duration timeout, Duration grace, Jobs.Work work) {
    jobs = new Jobs(settings(queue, kept, timeout, grace), work, ended::add);
    return jobs;
  }

  private Jobs gated(int queue) {
    Duration minute = Duration.ofMinutes(1);
    return open(queue, 8, minute, minute, job -> gate.await());
  }

  private static void await(Job job, Job.State state) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (job.state() != state && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    assertThat(job.state()).isEqualTo(state);
  }

  @Test
  void refusesWhatDoesNotFitIntoTheQueueAndSaysWhenToTryAgain() throws Exception {
    gated(2);
    await(jobs.submit(REQUEST), Job.State.RUNNING);
    jobs.submit(REQUEST);
    Job last = jobs.submit(REQUEST);
    assertThat(jobs.waiting()).isEqualTo(2);
    assertThatThrownBy(() -> jobs.submit(REQUEST))
        .isInstanceOfSatisfying(
            RequestProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.retryAfter().getAsInt()).isBetween(1, 60);
            });
    assertThatThrownBy(jobs::checkRoom).hasMessageContaining("2 requests are waiting already");
    gate.countDown();
    await(last, Job.State.DONE);
    jobs.checkRoom();
  }

  @Test
  void aCancelledJobFreesItsPlaceAtOnce() throws Exception {
    gated(1);
    await(jobs.submit(REQUEST), Job.State.RUNNING);
    Job waiting = jobs.submit(REQUEST);
    jobs.cancel(waiting);
    assertThat(waiting.state()).isEqualTo(Job.State.CANCELLED);
    assertThat(jobs.waiting()).isZero();
    assertThat(ended).containsExactly(waiting);
    await(submitAndOpen(), Job.State.DONE);
  }

  private Job submitAndOpen() {
    Job job = jobs.submit(REQUEST);
    gate.countDown();
    return job;
  }

  @Test
  void whatTakesTooLongIsToldToStop() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    open(
        1,
        8,
        Duration.ofMillis(150),
        minute,
        job -> {
          while (!job.stopSignal().requested()) {
            Thread.sleep(5);
          }
        });
    Job job = jobs.submit(REQUEST);
    await(job, Job.State.TIMED_OUT);
    assertThat(job.reason()).startsWith("took longer than");
  }

  @Test
  void keepsTheNewestOnly() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    open(20, 3, minute, minute, job -> {});
    List<Job> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(jobs.submit(REQUEST));
      await(all.get(i), Job.State.DONE);
    }
    assertThat(jobs.get("10")).isSameAs(all.get(9));
    assertThatThrownBy(() -> jobs.get("1"))
        .isInstanceOfSatisfying(RequestProblem.class, p -> assertThat(p.status()).isEqualTo(404));
  }

  @Test
  void failuresAreToldInWordsAndBugsAreNot() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    open(
        4,
        8,
        minute,
        minute,
        job -> {
          throw new IllegalArgumentException("the text is too long");
        });
    Job job = jobs.submit(REQUEST);
    await(job, Job.State.FAILED);
    assertThat(job.reason()).isEqualTo("the text is too long");
  }

  @Test
  void finishingRunsWhatWasAcceptedAndRefusesNew() throws Exception {
    gated(4);
    Job running = jobs.submit(REQUEST);
    Job waiting = jobs.submit(REQUEST);
    Thread closing = new Thread(jobs::finish);
    closing.start();
    while (!jobs.isClosing()) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> jobs.submit(REQUEST))
        .isInstanceOfSatisfying(RequestProblem.class, p -> assertThat(p.status()).isEqualTo(503));
    gate.countDown();
    closing.join();
    assertThat(running.state()).isEqualTo(Job.State.DONE);
    assertThat(waiting.state()).isEqualTo(Job.State.DONE);
  }

  @Test
  void whatDoesNotFinishInTimeIsCancelledAtTheEnd() throws Exception {
    open(
        4,
        8,
        Duration.ofMinutes(1),
        Duration.ofMillis(50),
        job -> {
          while (!job.stopSignal().requested()) {
            Thread.sleep(5);
          }
        });
    Job running = jobs.submit(REQUEST);
    await(running, Job.State.RUNNING);
    Job waiting = jobs.submit(REQUEST);
    assertThat(jobs.finish()).isTrue();
    assertThat(running.state()).isEqualTo(Job.State.CANCELLED);
    assertThat(waiting.state()).isEqualTo(Job.State.CANCELLED);
  }

  @Test
  void listenersHearEverythingFromTheStart() throws Exception {
    gated(1);
    Job job = jobs.submit(REQUEST);
    await(job, Job.State.RUNNING);
    assertThat(job.await(1, Duration.ofMillis(20))).isEmpty();
    gate.countDown();
    List<Job.Event> events = job.await(1, Duration.ofSeconds(20));
    assertThat(events).extracting(Job.Event::name).containsExactly("end");
    assertThat(job.await(0, Duration.ZERO)).extracting(Job.Event::name).contains("running", "end");
  }
}
