package org.anymod.core.schedule;

/**
 * One number for the steps of a first phase, then another schedule from its beginning.
 *
 * @param first number in the first phase
 * @param steps steps of the first phase
 * @param then schedule of the steps after it, which it counts from 0
 */
public record PhasedSchedule(double first, long steps, Schedule then) implements Schedule {

  @Override
  public double at(long step) {
    return step < steps ? first : then.at(step - steps);
  }
}
