"""what the office says of itself"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('office_facts',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_office_facts'))
    )


def downgrade() -> None:
    op.drop_table('office_facts')
