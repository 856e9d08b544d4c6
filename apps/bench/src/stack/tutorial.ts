import 'reflect-metadata';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, type MicroserviceOptions, Payload, Transport } from '@nestjs/microservices';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';

@Entity('tutorial_device')
class TutorialDevice {
  @PrimaryColumn('uuid')
  deviceId!: string;

  @Column('text')
  label!: string;

  @Column('text')
  category!: string;

  @Column('text')
  grade!: string;
}

export interface Tutorial {
  /** Milliseconds from the first message at hand to the last saved. */
  readonly done: Promise<number>;
  stop(): Promise<void>;
}

/** A consumer as a tutorial has it: Nest's own Kafka server, an entity, and `save()` in the handler. No inbox, no history. */
export async function startTutorial({ kafka, database, topic, messages }: { kafka: string; database: string; topic: string; messages: number }): Promise<Tutorial> {
  const source = await new DataSource({ type: 'postgres', url: database, entities: [TutorialDevice], synchronize: true }).initialize();
  const devices = source.getRepository(TutorialDevice);
  const { promise: done, resolve } = Promise.withResolvers<number>();
  let [first, saved] = [0, 0];

  @Controller()
  class DeviceController {
    @EventPattern<string>(topic)
    async handleDevice(@Payload() device: TutorialDevice): Promise<void> {
      first ||= performance.now();
      await devices.save(devices.create(device));
      if (++saved === messages) resolve(performance.now() - first);
    }
  }

  @Module({ controllers: [DeviceController] })
  class TutorialModule {}

  const app: INestMicroservice = await NestFactory.createMicroservice<MicroserviceOptions>(TutorialModule, {
    transport: Transport.KAFKA,
    logger: false,
    options: { client: { brokers: kafka.replace('kafka://', '').split(','), logLevel: 0 }, consumer: { groupId: topic }, subscribe: { fromBeginning: true } },
  });
  await app.listen();
  return {
    done,
    stop: async () => {
      await app.close();
      await source.destroy();
    },
  };
}
