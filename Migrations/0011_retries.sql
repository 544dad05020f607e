-- How often the process ended while a worker measured it.
ALTER TABLE job ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;

-- Where this row goes back: to the activation that is in force again. NULL for an activation of its own.
ALTER TABLE model_activation ADD COLUMN back_to INTEGER REFERENCES model_activation (sequence);
